import { ANSWER_PARTS, type AnswerPart, type AskSettings } from '#core/ask-settings.ts'
import { RowbotError } from '#core/rowbot-error.ts'

/** One way of answering that is measured. `plain`: the plain prompt alone. */
export type Configuration = {
  label: string
  plain: boolean
  effort: AskSettings['effort']
  without: AnswerPart[]
}

/** What was asked for on the command line, in the words used there. */
export type ConfigurationWords = { effort: AskSettings['effort']; without?: string; compare?: string; plain?: boolean }

/**
 * The configurations of a run: the one asked for, then one for every word of `compare`: `plain`, an effort, or the name of a part that is
 * left out. Throws a RowbotError that names a word that means nothing.
 */
export function readConfigurations({ effort, without, compare, plain = false }: ConfigurationWords): Configuration[] {
  const first: Configuration = named({ plain, effort, without: listed(without).map(partOf) })
  const others = listed(compare).map((word): Configuration => {
    if (word === 'plain') return named({ plain: true, effort, without: [] })
    if (isEffort(word)) return named({ ...first, effort: word })
    return named({ ...first, plain: false, without: [...first.without, partOf(word)] })
  })
  return [first, ...others].filter((one, index, all) => all.findIndex((other) => other.label === one.label) === index)
}

function named(one: Omit<Configuration, 'label'>): Configuration {
  const without = ANSWER_PARTS.filter((part) => one.without.includes(part))
  if (one.plain) return { ...one, without, label: 'plain prompt' }
  const left = without.length === 0 ? 'everything' : `without ${without.join(', ')}`
  return { ...one, without, label: one.effort === 'balanced' ? left : `${left}, ${one.effort}` }
}

function listed(words: string | undefined): string[] {
  return (words ?? '')
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '')
}

function isEffort(word: string): word is AskSettings['effort'] {
  return ['fast', 'balanced', 'thorough'].includes(word)
}

/** What fits names to the schema is called a constraint elsewhere. */
function partOf(word: string): AnswerPart {
  const wanted = word === 'constraint' ? 'names' : word
  const part = ANSWER_PARTS.find((one) => one === wanted)
  if (part) return part
  throw new RowbotError({
    code: 'no-such-part',
    message: `"${word}" is no part that can be left out.`,
    advice: `Use ${ANSWER_PARTS.join(', ')}; --compare also takes plain, fast, balanced and thorough.`,
  })
}
