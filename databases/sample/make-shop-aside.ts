import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ShopPlan } from './make-shop.ts'

/**
 * Makes the sample shop in a thread of its own, so that a model can be loaded and questions be answered meanwhile, and so that the memory
 * which this takes is given back.
 */
export async function makeShopAside(plan: ShopPlan): Promise<void> {
  const worker = new Worker(new URL('./make-shop-worker.js', import.meta.url), { workerData: plan, execArgv: [] })
  const [code] = await once(worker, 'exit')
  if (code !== 0) throw new Error(`The thread that makes the sample shop ended with code ${code}.`)
}
