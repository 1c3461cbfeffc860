import type { ChangedCase } from '#core/evaluation/run-report.ts'
import type { State } from '#databases/state/open-state.ts'
import { runFacts } from '../report/run-facts.ts'
import { composeNightPost } from './compose-night-post.ts'
import { isToCome } from './nights.ts'

type Remembered = Pick<State, 'evaluation' | 'nights'>

/** What the last night gave, else what the last run did; nothing where nothing was measured. */
export function benchmarkLines({ evaluation: store, nights }: Remembered, now = new Date()): string[] {
  const last = nights.list().find(({ night, status }) => {
    return (status === 'done' || status === 'failed') && !isToCome(night, now)
  })
  if (last) {
    const { night, headline, sections } = composeNightPost({ store, nights }, last)
    return [`Night of ${night}`, headline, ...sections.map(({ heading, lines }) => `${heading}: ${lines.join(', ')}`)]
  }
  return store.list({ status: 'finished', limit: 1 }).flatMap((run) => {
    const { dataset, label, percent, done, model, finishedAt } = runFacts(store, run)
    if (percent === null) return []
    return [
      `${percent.toFixed(1)} % of ${done} questions right (${dataset}, ${label})`,
      `Model: ${model}. Measured on ${finishedAt?.slice(0, 10)}.`,
    ]
  })
}

/** The questions that a night newly broke, as far as they are shown; none where the night is not known. */
export function brokenInNight({ evaluation: store, nights }: Remembered, night: string): ChangedCase[] {
  const found = nights.list().find((one) => one.night === night && one.status === 'done')
  return found ? composeNightPost({ store, nights }, found).broken : []
}
