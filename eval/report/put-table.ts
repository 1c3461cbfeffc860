import { readFileSync, writeFileSync } from 'node:fs'
import { groupBy } from '#core/group-by.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import { SPIDER_DEV, type TableRequest } from './run-table.ts'

/**
 * Puts a table between the two marks of a Markdown file and gives what stands there then. A line of before stays where this state has no newer
 * run of its data, model and configuration: all runs of a table need not be made on one machine.
 */
export function putTable(file: string, table: string, request: TableRequest): string {
  const text = readFileSync(file, 'utf8')
  const mark = beginOf(request)
  const begin = text.indexOf(mark)
  const end = text.indexOf(END, begin)
  if (begin < 0 || end < begin) throw withoutMarks(file, mark)
  const merged = mergeTables(text.slice(begin + mark.length, end).trim(), table)
  writeFileSync(file, `${text.slice(0, begin)}${mark}\n\n${merged}\n\n${text.slice(end)}`)
  return merged
}

const END = '<!-- /runs -->'

/** Names the command, so that one document can hold several tables. */
function beginOf({ data = SPIDER_DEV, limit }: TableRequest): string {
  const about = `${data === SPIDER_DEV ? '' : ` --data ${data}`}${limit === null ? '' : ` --limit ${limit}`}`
  return `<!-- runs: made by \`rowbot eval table${about}\` -->`
}

function withoutMarks(file: string, mark: string): RowbotError {
  return new RowbotError({
    code: 'no-marks',
    message: `${file} has no place for the table.`,
    advice: `Put these two lines where it belongs: ${mark} and ${END}`,
  })
}

/** The lines of both tables, those of one model together; of the same data, model and configuration only the newer. */
function mergeTables(before: string, now: string): string {
  const [head, rule, ...lines] = now.split('\n')
  const [headBefore, , ...linesBefore] = before.split('\n')
  if (headBefore !== head) return now
  const dates = new Map(lines.map((one) => [subjectOf(one), dateOf(one)]))
  const kept = linesBefore.filter((one) => (dates.get(subjectOf(one)) ?? '') < dateOf(one))
  const newer = new Set(kept.map(subjectOf))
  const all = [...kept, ...lines.filter((one) => !newer.has(subjectOf(one)))]
  const byModel = groupBy(all, (one) => cellsOf(one)[MODEL] ?? '')
  return [head, rule, ...[...byModel.values()].flat()].join('\n')
}

const [DATE, DATA, MODEL, WHAT] = [0, 1, 2, 3]

function cellsOf(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim())
}

function dateOf(row: string): string {
  return cellsOf(row)[DATE] ?? ''
}

function subjectOf(row: string): string {
  const cells = cellsOf(row)
  return JSON.stringify([cells[DATA], cells[MODEL], cells[WHAT]])
}
