// The program of the thread in make-shop-aside.ts, which has no loader for the TypeScript sources yet.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
const { makeShop } = await import('./make-shop.ts')
makeShop(workerData)
