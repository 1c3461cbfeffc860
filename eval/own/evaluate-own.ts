import { RowbotError } from '#core/rowbot-error.ts'
import type { State } from '#databases/state/open-state.ts'
import { requireFiles } from '../datasets/check-cases.ts'
import { reported } from '../evaluate-spider.ts'
import type { Measured } from '../measured.ts'
import { readConfigurations } from '../run/configuration.ts'
import { evaluateConfigurations } from '../run/evaluate-configurations.ts'
import { ownRunCases } from './own-run-cases.ts'

/** Asks the cases of one's own and prints the report. */
export async function evaluateOwn(
  measured: Measured,
  { state, without, compare }: { state: Pick<State, 'ownCases' | 'databases'>; without?: string; compare?: string },
): Promise<string[]> {
  const cases = ownRunCases(state.ownCases.list(), state.databases.list())
  if (cases.length === 0) throw noCases()
  await requireFiles(cases, 'your own cases')
  const configurations = readConfigurations({ effort: measured.settings.effort, without, compare })
  const about = { kind: 'manual' as const, dataset: 'mine', cases, sample: { limit: null, seed: 0 }, configurations }
  return reported(measured, (parts) => evaluateConfigurations(parts, { ...about, suite: false, parallel: 1 }))
}

function noCases(): RowbotError {
  return new RowbotError({
    code: 'no-cases',
    message: 'There are no cases of your own yet.',
    advice: '`rowbot eval add` lists the questions that people judged and makes cases of them.',
  })
}
