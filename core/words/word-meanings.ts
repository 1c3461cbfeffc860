import { singular } from './split-words.ts'
import { formsOf } from './word-forms.ts'
import { WORD_GROUPS } from './word-groups.ts'

/** Other words for the same thing in everyday business, in their singular. */
export function meaningsOf(word: string): string[] {
  const forms = formsOf(word)
  return [...new Set([...forms, ...forms.flatMap((form) => GROUPS_OF.get(form) ?? [])])]
}

/** Whether a word is one of those that business databases are mostly about. */
export function isEveryday(word: string): boolean {
  return GROUPS_OF.has(word)
}

/** What a word is one of the possible values of: "red" of a color, "Germany" of a country. */
export function attributesOf(word: string): string[] {
  const attributes = [...VALUES].flatMap(([attribute, values]) => (values.has(word) ? [attribute] : []))
  return attributes.flatMap((attribute) => meaningsOf(attribute))
}

const GROUPS_OF = new Map<string, string[]>()
for (const group of WORD_GROUPS)
  for (const word of group) GROUPS_OF.set(word, [...(GROUPS_OF.get(word) ?? []), ...group])

const VALUES = new Map([
  [
    'color',
    new Set('red green blue yellow orange purple pink brown black white grey gray silver gold golden beige'.split(' ')),
  ],
  ['country', countryNames()],
  [
    'nationality',
    new Set([
      ...languageNames(),
      ...'american british australian canadian mexican brazilian austrian swiss'.split(' '),
    ]),
  ],
  ['currency', new Set('euro dollar pound yen franc eur usd gbp chf jpy'.split(' '))],
  ['age', new Set('child kid adult minor teenager toddler baby senior elderly pensioner retiree retired'.split(' '))],
])

/** Countries that are called by one word. */
function countryNames(): Set<string> {
  const names = namesOf('region', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  return new Set([...names, ...'usa uk america england abroad overseas foreign'.split(' ')])
}

/** Most of them are what their people are called, too. */
function languageNames(): Set<string> {
  return namesOf('language', 'abcdefghijklmnopqrstuvwxyz')
}

function namesOf(type: 'region' | 'language', letters: string): Set<string> {
  const codes = [...letters].flatMap((first) => [...letters].map((second) => first + second))
  const named = new Intl.DisplayNames('en', { type, fallback: 'none' })
  const names = codes.flatMap((code) => named.of(code)?.toLowerCase() ?? [])
  return new Set(names.filter((name) => /^\p{L}+$/u.test(name)).map(singular))
}
