import { humanName } from '../format/human-name.ts'
import { listed } from '../format/listed.ts'
import { plainText } from '../format/plain-text.ts'
import type { Doubt } from './find-doubt.ts'
import type { RepeatedRows } from './repeated-rows.ts'

/** What is said of an answer that nothing in particular speaks against, and that is wrong as often as right. */
export const UNSURE = 'I am not sure of this answer. Check below what was computed.'

/** What is said of an answer to a question that names things which neither the database nor the query knows. */
export function sayUnknown(words: string[]): string {
  return `I find nothing in this database about ${listed(
    words.map((word) => `“${plainText(word)}”`),
    'or',
  )}: this answer may leave it out.`
}

/** What speaks against an answer that is given all the same, for someone who knows no SQL. */
export function sayDoubt(doubt: Doubt): string {
  return `This answer is doubtful: ${reason(doubt)} Check below what was computed.`
}

function reason(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'period-ignored':
      return `“${doubt.hint.period.text}” was not taken into account.`
    case 'period-misplaced':
      return `“${doubt.misplaced.hint.period.text}” was read as the ${humanName(doubt.misplaced.column.column.name)} of ${humanName(doubt.misplaced.column.table)}.`
    case 'number-ignored':
      return `${doubt.number} was not taken into account.`
    case 'value-ignored':
      return `“${doubt.hint.matched}” was not taken into account.`
    case 'operation-ignored':
      return `nothing in it does what “${doubt.operation.word}” asks for.`
    case 'attribute-ignored':
      return `the ${doubt.word} that the question asks for is not in it.`
    case 'number-invented':
      return `it compares with ${doubt.number}, which the question does not name.`
    case 'figure-senseless':
      return doubt.figure.kind === 'dates-summed'
        ? `it takes the dates of ${doubt.figure.column} for numbers, which says nothing.`
        : 'it divides something by itself, which says nothing.'
    case 'text-invented':
      return `it looks only at what is “${plainText(doubt.text)}”, of which the question says nothing.`
    case 'range-unasked':
      return `it asks for values between ${doubt.range}, which the question does not.`
    case 'odd-join':
      return 'tables were brought together by columns that may not belong together.'
    case 'rows-repeated':
      return `${sayRepeated(doubt.rows)}, so that numbers may be too high.`
    case 'table-ignored':
      return `${humanName(doubt.table)} was not looked at, though the question speaks of it.`
    case 'join-unasked':
      return `what has no ${humanName(doubt.table)} is left out, though the question says nothing of it.`
    case 'failed':
    case 'unknown-value':
    case 'empty':
      return 'no better query was found.'
  }
}

/** What is said of a count or an average that may well be meant so. */
export function sayRepeatedRows(rows: RepeatedRows): string {
  return `In this ${rows.aggregate === 'avg' ? 'average' : 'count'} ${sayRepeated(rows)}.`
}

function sayRepeated({ table, by }: RepeatedRows): string {
  return `each row of ${humanName(table.name)} is counted once for every row of ${humanName(by.name)} that belongs to it`
}
