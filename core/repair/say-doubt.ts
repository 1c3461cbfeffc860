import type { Doubt } from './find-doubt.ts'

/** What speaks against an answer that is given all the same, for someone who knows no SQL. */
export function sayDoubt(doubt: Doubt): string {
  return `This answer is doubtful: ${reason(doubt)} Check below what was computed.`
}

function reason(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'period-ignored':
      return `“${doubt.hint.period.text}” was not taken into account.`
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
    case 'odd-join':
      return 'tables were brought together by columns that may not belong together.'
    case 'failed':
    case 'unknown-value':
    case 'empty':
      return 'no better query was found.'
  }
}
