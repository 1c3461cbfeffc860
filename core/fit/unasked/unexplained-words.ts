import { readScopes } from '../../sql/read-scopes.ts'
import { tokenizeSql } from '../../sql/tokenize-sql.ts'
import { abbreviates, expansionsOf } from '../../words/abbreviations.ts'
import { NUMBER_WORDS } from '../../words/number-words.ts'
import { words } from '../../words/split-words.ts'
import { tellingText } from '../../words/telling-text.ts'
import { formsOf, isMistyped } from '../../words/word-forms.ts'
import { meaningsOf } from '../../words/word-meanings.ts'

/**
 * What the parts of a query may come from: the question, all texts that may call for one (the question and the turn before among them), and
 * the stretches of the question that another part accounts for, such as its periods.
 */
export type Asked = { question: string; known: string[]; accounted: string[] }

/**
 * The words of a question that nothing in a query stands for, and that may therefore be what one more condition is for: "rush" in "How many
 * rush orders?".
 */
export function unexplainedWords(sql: string, { question, accounted }: Omit<Asked, 'known'>): string[] {
  const telling = tellingWords(question, accounted)
  if (telling.length === 0) return []
  const names = namesIn(sql)
  // What is placed is an order: a table of orders accounts for it.
  return telling.filter((word) => !names.some((name) => standsFor(name, word === 'placed' ? 'order' : word)))
}

/** The words of a question that nothing in a query is called by; "winery" is no wine, though it may have to do with one. */
export function unnamedWords(sql: string, { question, accounted }: Omit<Asked, 'known'>): string[] {
  const names = namesIn(sql)
  return tellingWords(question, accounted).filter((word) => !names.some((name) => isName(name, word)))
}

function tellingWords(question: string, accounted: string[]): string[] {
  const said = words(tellingText(question.replace(QUOTES, ' ').replace(SORTED, ' '), accounted))
  return said.filter((word) => word.length > 1 && !/\d/.test(word) && !ASKING.has(word))
}

/** Whether a word of a name, or of a text, may be what a word of a question is about. */
export function standsFor(name: string, word: string): boolean {
  if (isName(name, word) || isInflected(word, name)) return true
  return name.length >= SHORTEST && abbreviates(name, word)
}

function isName(name: string, word: string): boolean {
  if (meaningsOf(word).includes(name) || meaningsOf(name).includes(word)) return true
  const forms = formsOf(word)
  return (
    formsOf(name).some((form) => forms.includes(form)) || expansionsOf(name).includes(word) || isMistyped(word, name)
  )
}

/** "accepted" and "acceptance", "book" and "bookings". */
function isInflected(word: string, name: string): boolean {
  const [short, long] = word.length < name.length ? [word, name] : [name, word]
  if (short.length >= SHORTEST && long.startsWith(short)) return true
  return word.slice(0, STEM) === name.slice(0, STEM) && short.length >= STEM
}

const SHORTEST = 4
const STEM = 5

function namesIn(sql: string): string[] {
  const scopes = readScopes(sql)
  const tables = scopes.flatMap(({ sources }) => sources.map(({ table }) => table?.name ?? ''))
  const columns = scopes.flatMap(({ references }) => references.map(({ column }) => column.name))
  const texts = tokenizeSql(sql).flatMap(({ kind, name }) => (kind === 'string' ? [name] : []))
  return [...new Set([...tables, ...columns, ...texts].flatMap(words))]
}

/** What is quoted is asked for as well. */
const QUOTES = /["“”'‘]/g

const DIRECTION = String.raw`(?:in )?(?:alphabetic|chronologic|ascending|descending|increasing|decreasing|reverse)\w*`
const ENDS = String.raw`from (?:the )?(?:\w+est|most|least|high|low|a) to`

/** Customers who are sorted have not ordered anything. */
const SORTED = new RegExp(
  String.raw`\b(?:order(?:ed|ing)? (?:them |it )?(?:by|${DIRECTION}|${ENDS})|in (?:\w+ )?order|in order of)\b`,
  'gi',
)

/** Words that only ask, compare, count and sort. Those of state and of doing are none of them: "still", "away" and "left" may be a filter. */
const ASKING = new Set([
  ...NUMBER_WORDS,
  ...`a an the this that these those of in at for from to by with per as and or than then which what who whom whose when where how why is are wa
  were be been am do doe did have ha had can could will would shall should may i me my we us our you your it its he his she her they them their
  there please tell show give list find get return display count name named called title id identifier number many much total sum amount average
  avg mean minimum maximum min max most least more fewer fewest less top first highest lowest high low higher lower larger largest smaller smallest
  greater greatest bigger biggest best above below over under between exceed each every all any ever everything everyone everybody both either also
  different distinct unique respective respectively corresponding correspond associated affiliated belong descending ascending decreasing increasing
  order sorted sort alphabetical alphabetically value data information detail record row entry table database percentage percent share ratio
  same some someone something thing people person whether if so such exist made`.split(/\s+/),
])
