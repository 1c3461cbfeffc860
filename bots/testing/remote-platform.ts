import type { ChatPlatform } from '../desk/chat-platform.ts'

/** A call of a platform's method on its way between two processes. */
export type PlatformCall = { type: 'call'; id: number; method: Method; args: unknown[] }
export type PlatformResult = { type: 'result'; id: number; result: unknown }

type Method = Exclude<keyof ChatPlatform, 'name'>

const METHODS: Method[] = ['lookUp', 'post', 'update', 'find', 'upload', 'openDirect']

type Line = { send(message: PlatformCall): void; onResult(listener: (message: PlatformResult) => void): void }

/** A platform that is in another process: it goes on, with everything that was sent to it, when this one is killed. */
export function remotePlatform(name: string, { send, onResult }: Line): ChatPlatform {
  const waiting = new Map<number, (result: unknown) => void>()
  let calls = 0
  onResult(({ id, result }) => {
    waiting.get(id)?.(result)
    waiting.delete(id)
  })
  const methods = METHODS.map((method) => [
    method,
    (...args: unknown[]) =>
      new Promise((resolve) => {
        const id = ++calls
        waiting.set(id, resolve)
        send({ type: 'call', id, method, args })
      }),
  ])
  return { name, ...Object.fromEntries(methods) }
}

/** Does such a call. */
export async function doCall(platform: ChatPlatform, { id, method, args }: PlatformCall): Promise<PlatformResult> {
  const work = platform[method] as (...given: unknown[]) => Promise<unknown>
  return { type: 'result', id, result: await work(...args) }
}
