import type { GenerateRequest, Generation, Generator } from '#models/generator.ts'

/** What the model "writes" where the prompt's last message matches. With several texts, each call takes the next; the last one stays. */
export type Line = {
  when: RegExp
  say: string | string[]
  logProb?: number
  delayMs?: number
  /** Rejects instead of writing. */
  fail?: Error
}

/** A Generator that replays texts by rules, streams them and can be aborted like a model. `requests` are all calls, in order. */
export type ScriptedGenerator = Generator & { requests: GenerateRequest[]; warmed: string[] }

export function scriptedGenerator(script: Line[]): ScriptedGenerator {
  const requests: GenerateRequest[] = []
  const warmed: string[] = []
  const calls = new Map<Line, number>()
  return {
    identity: { name: 'scripted', hash: 'scripted', contextTokens: 4096 },
    capabilities: { grammar: false, logProb: true, keepsPrefix: false },
    requests,
    warmed,
    countTokens: (text) => Math.ceil(text.length / 4),
    async generate(request) {
      requests.push(request)
      request.signal?.throwIfAborted()
      const asked = request.messages.at(-1)?.content ?? ''
      const line = script.find((one) => one.when.test(asked))
      if (!line) return Array.from({ length: request.count }, () => generation('I do not know.', 0))
      await pause(line.delayMs ?? 0, request.signal)
      if (line.fail) throw line.fail
      return Array.from({ length: request.count }, (_, index) => {
        const text = nextText(line, calls)
        if (index === 0) for (const piece of text.match(/\S+\s*/g) ?? []) request.onText?.(piece)
        const made = generation(text, line.logProb ?? -1)
        request.onCandidate?.(made)
        return made
      })
    },
    warm: async (messages) => void warmed.push(messages.map((message) => message.content).join('\n')),
    close: async () => {},
  }
}

function generation(text: string, logProb: number): Generation {
  return { text, logProb, tokens: Math.ceil(text.length / 4), finished: 'stop' }
}

function nextText(line: Line, calls: Map<Line, number>): string {
  const call = calls.get(line) ?? 0
  calls.set(line, call + 1)
  return typeof line.say === 'string' ? line.say : (line.say[Math.min(call, line.say.length - 1)] ?? '')
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms === 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
