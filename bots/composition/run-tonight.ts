import type { Config } from '#core/config.ts'
import { localDate } from '#core/periods/local-date.ts'
import type { State } from '#databases/state/open-state.ts'
import { endSuperseded } from '#eval/nightly/end-superseded.ts'
import { benchmarkLines } from '#eval/nightly/last-night-lines.ts'
import { type NightOutcome, runNight } from '#eval/nightly/run-night.ts'
import type { Generator } from '#models/generator.ts'
import { nightParts } from './start-nightly.ts'

type Parts = {
  config: Config
  state: State
  generator: Generator
  print: (line: string) => void
  progress: (line: string) => void
  signal: AbortSignal
}

/**
 * Runs today's night now, for cron and CI, and prints what is to be said of it. A server that is at work on the same data directory posts it
 * to its channels; a night that it has run, or runs now, is not run again.
 */
export async function runTonight({ config, state, generator, print, progress, signal }: Parts): Promise<NightOutcome> {
  const night = localDate(new Date(), config.nightlyTimeZone ?? config.timeZone)
  const parts = nightParts({ config, state, generator, onProgress: progress })
  endSuperseded(night, parts)
  const outcome = await runNight(night, { ...parts, signal })
  progress('')
  if (outcome === 'taken') print(`The night of ${night} is run already, or at work.`)
  for (const line of benchmarkLines(state)) print(line)
  return outcome
}
