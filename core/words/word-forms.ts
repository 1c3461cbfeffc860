import { editDistance } from './edit-distance.ts'

/** What a word may be a form of, itself first: "arriving" of "arrive", "cheapest" of "cheap", "women" of "woman", "colour" of "color". */
export function formsOf(word: string): string[] {
  // Of "movies" the plural's ending is gone in a way that suits "cities".
  const bases = [
    word,
    word.replace(/y$/, 'ie'),
    ...inflectedFrom(word),
    ...COMPARING.flatMap((ending) => withoutEnding(word, ending)),
  ]
  return [...new Set(bases.flatMap((base) => [base, american(base)]))]
}

/** What a verb or noun may be inflected from: "running" from "run", "women" from "woman". */
export function inflectedFrom(word: string): string[] {
  return [...(IRREGULAR.get(word) ?? []), ...INFLECTING.flatMap((ending) => withoutEnding(word, ending))]
}

/** British spellings as Americans write them, and endings that both write in two ways. */
export function american(word: string): string {
  return SPELLINGS.reduce((text, [from, to]) => (text.length > 4 ? text.replace(from, to) : text), word)
}

const SPELLINGS: [RegExp, string][] = [
  [/our(?=$|ed$|ing$|ite$|able$)/, 'or'],
  [/([tb])re$/, '$1er'],
  [/is(?=(?:e|ed|er|ing|ation)$)/, 'iz'],
  [/ys(?=(?:e|ed|er|ing)$)/, 'yz'],
  [/ogue$/, 'og'],
  [/ll(?=(?:ed|ing|er|or)$)/, 'l'],
  [/ence$/, 'ense'],
  [/amme$/, 'am'],
  [/iality$/, 'alty'],
]

/** Endings with what may have stood in their place. */
type Ending = [RegExp, string[]]

const INFLECTING: Ending[] = [
  [/ied$/, ['y']],
  [/ed$|ing$/, ['', 'e']],
  [/(?<=(.))\1(?:ed|ing)$/, ['']],
]

const COMPARING: Ending[] = [
  [/iest$|ier$/, ['y']],
  [/est$|er$/, ['', 'e']],
  [/(?<=(.))\1(?:est|er)$/, ['']],
  [/ment$|ly$/, ['']],
]

const SHORTEST_BASE = 3

function withoutEnding(word: string, [ending, instead]: Ending): string[] {
  if (!ending.test(word)) return []
  return instead.map((text) => word.replace(ending, text)).filter((base) => base.length >= SHORTEST_BASE)
}

const IRREGULAR = new Map(
  `women woman|men man|children child|people person|wives wife|teeth tooth|feet foot|left leave|took take|taken take|came come|went go|gone go
  |bought buy|sold sell|paid pay|spent spend|made make|gave give|given give|held hold|kept keep|met meet|won win|lost lose|wrote write
  |written write|taught teach|flew fly|flown fly|drove drive|driven drive|rode ride|ran run|began begin|begun begin|sent send|built build
  |born birth|died die|slept sleep|ate eat|eaten eat|drew draw|drawn draw|led lead|lent lend|borrowed borrow|chose choose|chosen choose
  |broke break|broken break|spoke speak|spoken speak|grew grow|grown grow|rose rise|risen rise|fell fall|fallen fall|got get
  |seen see|saw see`
    .split('|')
    .map((pair) => pair.trim().split(' '))
    .map(([form = '', ...bases]): [string, string[]] => [form, bases]),
)

/** Whether one word is the other with two neighbouring letters changed round, as hurried fingers do. */
export function isTransposed(one: string, other: string): boolean {
  if (one.length !== other.length || one[0] !== other[0]) return false
  const different = [...one].flatMap((letter, at) => (letter === other[at] ? [] : [at]))
  const [first = 0, second = 0, ...more] = different
  return different.length === 2 && more.length === 0 && second === first + 1 && sameSwapped(one, other, first)
}

function sameSwapped(one: string, other: string, at: number): boolean {
  return one[at] === other[at + 1] && one[at + 1] === other[at]
}

/** Whether a word is near enough to another to be a slip of the keyboard: the longer they are, the more may differ. */
export function isMistyped(word: string, other: string): boolean {
  const shorter = Math.min(word.length, other.length)
  if (shorter >= 4 && isTransposed(word, other)) return true
  return shorter >= 5 && editDistance(word, other) <= (shorter >= 8 ? 2 : 1)
}
