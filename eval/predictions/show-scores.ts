import type { ShownScores } from '#core/evaluation/shown-scores.ts'
import type { ScoreReport, ScoreSummary } from './summarise-scores.ts'

/** Lays scores out. `figures` begins with n, ex, ts and crashed. */
export function showScores({ all, byHardness, texts }: ScoreReport): ShownScores {
  const rows = byHardness.map(({ hardness, summary }) => row(hardness, summary))
  const { n, ex, ts, crashed, ...others } = all
  return {
    table: [['', 'n', 'EX', 'TS', 'exact set', 'crashed'], ...rows, row('all', all)],
    notes: notesOn({ all, byHardness, texts }),
    figures: mapValues({ n, ex, ts, crashed, ...others, ...texts }, (one) => one && Math.round(one * 100) / 100),
  }
}

function row(name: string, { n, ex, ts, exactSet, crashed }: ScoreSummary): string[] {
  return [name, String(n), percent(ex), percent(ts), percent(exactSet), String(crashed)]
}

function notesOn({ all, texts }: ScoreReport): string[] {
  const noSuite = all.n - all.tsN
  const lines = [
    `valid syntax ${percent(all.validSyntax)}, executable ${percent(all.executable)}`,
    `same text ${percent(texts.exactText)}, token F1 ${percent(texts.tokenF1)}, BLEU-4 ${percent(texts.bleu4)}, ` +
      `ROUGE-1 ${percent(texts.rouge1)}, -2 ${percent(texts.rouge2)}, -L ${percent(texts.rougeL)}`,
  ]
  if (all.softF1 !== null) lines.push(`Soft-F1 ${percent(all.softF1)}`)
  if (all.ts !== null && noSuite > 0) lines.push(`TS is over ${all.tsN}: ${noSuite} have no distilled databases`)
  if (all.timedOut > 0) lines.push(`${all.timedOut} took too long; they count as not right, and not as crashed`)
  if (all.goldFailed > 0) lines.push(`${all.goldFailed} gold queries failed; they count as not right`)
  return lines
}

function percent(value: number | null): string {
  return value === null ? '–' : value.toFixed(1)
}

function mapValues<One, Other>(record: Record<string, One>, change: (one: One) => Other): Record<string, Other> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
