import { ANSWER_PARTS, type AnswerPart, type AskSettings } from '#core/ask-settings.ts'
import { RowbotError } from '#core/rowbot-error.ts'

/** Ways to ask the model once, greedily, with nothing around it: what the pipeline is measured against. */
export const BASELINES = ['plain', 'sqlforge'] as const

export type Baseline = (typeof BASELINES)[number]

/** One way of answering that is measured: the pipeline that answers people, or a baseline. */
export type Configuration = {
  label: string
  baseline: Baseline | null
  effort: AskSettings['effort']
  without: AnswerPart[]
}

/** What was asked for on the command line, in the words used there. */
export type ConfigurationWords = { effort: AskSettings['effort']; without?: string; compare?: string; plain?: boolean }

/**
 * The configurations of a run: the one asked for, then one for every word of `compare`: a baseline, an effort, or the name of a part that is
 * left out; `parts` and `efforts` are all of them in turn. Throws a RowbotError that names a word that means nothing.
 */
export function readConfigurations({ effort, without, compare, plain = false }: ConfigurationWords): Configuration[] {
  const baseline = plain ? 'plain' : null
  const first: Configuration = named({ baseline, effort, without: listed(without).map(partOf) })
  const others = listed(compare)
    .flatMap((word) => TOGETHER[word] ?? [word])
    .map((word): Configuration => {
      const known = BASELINES.find((one) => one === word)
      if (known) return named({ baseline: known, effort, without: [] })
      const all = { ...first, baseline: null }
      if (isEffort(word)) return named({ ...all, effort: word })
      return named({ ...all, without: [...first.without, partOf(word)] })
    })
  return [first, ...others].filter((one, index, all) => all.findIndex((other) => other.label === one.label) === index)
}

const EFFORTS = ['fast', 'balanced', 'thorough'] as const

/** Words that stand for several. */
const TOGETHER: Record<string, readonly string[]> = { parts: ANSWER_PARTS, efforts: EFFORTS }

/** What is said of the pipeline with nothing left out, at the effort that people get. */
export const EVERYTHING = 'everything'

const LABELS: Record<Baseline, string> = { plain: 'plain prompt', sqlforge: "SQLForge's prompt" }

function named(one: Omit<Configuration, 'label'>): Configuration {
  const without = ANSWER_PARTS.filter((part) => one.without.includes(part))
  if (one.baseline) return { ...one, without, label: LABELS[one.baseline] }
  const left = without.length === 0 ? EVERYTHING : `without ${without.join(', ')}`
  return { ...one, without, label: one.effort === 'balanced' ? left : `${left}, ${one.effort}` }
}

function listed(words: string | undefined): string[] {
  return (words ?? '')
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '')
}

function isEffort(word: string): word is AskSettings['effort'] {
  return EFFORTS.some((effort) => effort === word)
}

/** What fits names to the schema is called a constraint elsewhere. */
function partOf(word: string): AnswerPart {
  const wanted = word === 'constraint' ? 'names' : word
  const part = ANSWER_PARTS.find((one) => one === wanted)
  if (part) return part
  throw new RowbotError({
    code: 'no-such-part',
    message: `"${word}" is no part that can be left out.`,
    advice: `Use ${ANSWER_PARTS.join(', ')} (constraint means names); --compare also takes ${[...BASELINES, ...EFFORTS].join(', ')}, parts and efforts.`,
  })
}
