import type { ChartKind } from './reply.ts'

/** How a person wants to see the answer. */
export type AskedView = ChartKind | 'table'

/**
 * Finds "as a bar chart", "plot it as a line", "as a table" in a question. `rest` is the question without these words,
 * empty where nothing else was asked (then it is about the answer before). Null where the question says nothing about it.
 */
export function askedChart(question: string): { view: AskedView; rest: string } | null {
  for (const [pattern, view] of phrasings) {
    const found = pattern.exec(question)
    if (found) return { view, rest: withoutFiller(question.replace(pattern, ' ')) }
  }
  return null
}

const verb = String.raw`(?:(?:please\s+)?(?:show|draw|plot|display|give|chart|make)\s+(?:(?:it|this|that|them|these|me)\s+)?)?`
const phrasings: [RegExp, AskedView][] = [
  [
    phrase(
      'bars?|columns',
      String.raw`(?:horizontal\s+|vertical\s+)?(?:bar|column)\s?(?:charts?|graphs?|plots?)|histogram`,
    ),
    'bar',
  ],
  [phrase('lines?', String.raw`line\s?(?:charts?|graphs?|plots?)|time\s+series|trend\s?line`), 'line'],
  // Lengths are compared more exactly than angles (Cleveland and McGill 1984), so shares are drawn as bars too.
  [phrase('pie', String.raw`(?:pie|do(?:ugh)?nut)\s?(?:charts?|graphs?)`), 'bar'],
  [phrase('(?:plain\\s+)?table', 'plain table'), 'table'],
]

/** Bare words count after "as" only: "orders with lines" is a question about lines. */
function phrase(bare: string, full: string): RegExp {
  const kind = String.raw`as\s+(?:an?\s+)?(?:${full}|${bare})|(?:in|with|using)\s+(?:an?\s+)?(?:${full})`
  return new RegExp(String.raw`[,;]?\s*\b${verb}(?:${kind})(?![\w-])`, 'i')
}

function withoutFiller(text: string): string {
  const rest = text
    .replace(/\s+/g, ' ')
    .replace(/\s+([?.!,])/g, '$1')
    .trim()
  return /^[\s,.?!]*(?:(?:please|now|and|then|can you|could you|show|draw|plot|display|it|this|that|them|the same)[\s,.?!]*)*[\s,.?!]*$/i.test(
    rest,
  )
    ? ''
    : rest
}
