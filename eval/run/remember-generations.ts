import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { GenerateRequest, Generation, Generator } from '#models/generator.ts'

/** A clock that goes on by the time that was saved, in ms. */
export type SavingClock = { elapsedMs: () => number; save: (ms: number) => void }

/** Gives a model that remembers; what it saves of the time is put to the clock, so that every duration is as if it had been written anew. */
export type Memory = (generator: Generator, clock: SavingClock) => Generator

/** What came of a request: candidates in the order of their finishing, each so many ms after the start, and all of them unless it was aborted. */
type Remembered = {
  candidates: { generation: Generation; atMs: number }[]
  all: Generation[] | null
  endedMs: number
}

/** Requests of one database with all its questions are about 300; each takes about a kilobyte. */
const MAX_REMEMBERED = 2_000

export function savingClock(): SavingClock {
  let savedMs = 0
  return { elapsedMs: () => performance.now() + savedMs, save: (ms) => (savedMs += ms) }
}

/**
 * What configurations side by side have in common is written once: the same request is given the same candidates again. One that was
 * aborted is begun anew where this time more of it is wanted.
 */
export function rememberGenerations(): Memory {
  const memory = new Map<string, Remembered>()
  const keep = (key: string, remembered: Remembered) => {
    memory.set(key, remembered)
    const [oldest] = memory.keys()
    if (memory.size > MAX_REMEMBERED && oldest !== undefined) memory.delete(oldest)
  }
  return (generator, clock) => ({
    ...generator,
    async generate(request) {
      const key = keyOf(request)
      const known = memory.get(key)
      if (known) {
        const all = await replay(known, request, clock)
        if (all) return all
      }
      const isNew = unlike(known?.candidates.map(({ generation }) => generation.text) ?? [])
      const startedMs = clock.elapsedMs()
      const remembered: Remembered = { candidates: [], all: null, endedMs: 0 }
      const passedMs = () => clock.elapsedMs() - startedMs
      try {
        remembered.all = await generator.generate({
          ...request,
          onCandidate(generation) {
            if (request.signal?.aborted) return
            remembered.candidates.push({ generation, atMs: passedMs() })
            if (isNew(generation.text)) request.onCandidate?.(generation)
          },
        })
        return remembered.all
      } finally {
        remembered.endedMs = passedMs()
        if (remembered.all || request.signal?.aborted) keep(key, remembered)
      }
    },
  })
}

/** Gives what is remembered, and all of it if that is known. Else waits as long as was waited then, for who has enough to say so. */
async function replay(
  { candidates, all, endedMs }: Remembered,
  { signal, onText, onCandidate }: GenerateRequest,
  clock: SavingClock,
): Promise<Generation[] | null> {
  signal?.throwIfAborted()
  let nowMs = 0
  for (const { generation, atMs } of candidates) {
    clock.save(atMs - nowMs)
    nowMs = atMs
    onCandidate?.(generation)
  }
  if (!all) {
    await pause(endedMs - nowMs, undefined, { signal }).catch(() => signal?.throwIfAborted())
    return null
  }
  clock.save(endedMs - nowMs)
  onText?.(all[0]?.text ?? '')
  return all
}

/** Whether a text has come more often than before; samples of one request may be alike. */
function unlike(before: string[]): (text: string) => boolean {
  const left = [...before]
  return (text) => {
    const index = left.indexOf(text)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  }
}

function keyOf({ onText: _text, onCandidate: _candidate, signal: _signal, ...asked }: GenerateRequest): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}
