import { firstStatement, type ReferenceToken } from './reference-tokens.ts'

/**
 * The prediction with its values replaced by those of the gold query, in every way there is (`get_all_preds_for_execution`): for systems
 * that do not predict values.
 */
export function* plugValues(gold: string, predicted: string): Generator<string> {
  const values = [...new Set(withSlots(gold).values)]
  const { words } = withSlots(predicted)
  const slots = words.flatMap((word, at) => (word === SLOT.toLowerCase() ? [at] : []))
  for (const choice of choices(values, slots.length)) {
    const filled = [...words]
    for (const [index, slot] of slots.entries()) filled[slot] = choice[index] ?? ''
    yield filled.join(' ')
  }
}

const SLOT = 'VALUERARE'

/** The words of a query in small letters with its values taken out, and the values. */
function withSlots(sql: string): { words: string[]; values: string[] } {
  const spaced = spacedTokens(sql)
  const strings = firstStatement(spaced).filter(isString)
  const values = strings.map(({ text }) => text)
  let rest = spaced
  for (const value of values) rest = rest.replaceAll(value.trim(), SLOT)
  let words = rest.split(/\s+/).filter((word) => word !== '')
  // Whatever looks like a number anywhere in the text is a value where it stands alone: first reals, then integers.
  for (const pattern of [/[-+]?\d*\.\d+/g, /[^tT]\d+/g]) {
    const numbers = new Set((words.join(' ').match(pattern) ?? []).map((number) => number.trim()))
    values.push(...words.filter((word) => numbers.has(word)))
    words = words.map((word) => (numbers.has(word) ? SLOT : word))
  }
  return { words: words.flatMap(splitAlias), values }
}

function spacedTokens(sql: string): string {
  const bare = sql.trim().replaceAll(';', '').replaceAll('\t', '')
  const spaced = firstStatement(bare)
    .filter(({ kind }) => kind !== 'space')
    .map(({ text }) => text)
    .join(' ')
  return spaced.replace(/[tT][123]\.\*/g, '*').replace(/(T\d+\.)\s/g, '$1')
}

function isString({ kind }: ReferenceToken): boolean {
  return kind === 'string'
}

function splitAlias(word: string): string[] {
  const parts = /[Tt]\d+\./.test(word) ? word.replaceAll('.', ' . ').split(' ') : [word]
  return parts.filter((part) => part !== '').map((part) => part.toLowerCase())
}

function* choices(values: string[], count: number): Generator<string[]> {
  if (count === 0) {
    yield []
    return
  }
  for (const first of values) for (const rest of choices(values, count - 1)) yield [first, ...rest]
}
