/**
 * The words of a query as Spider's parser sees them, in small letters: NLTK's tokenizer for English, which takes `count(*)` apart but not
 * `a=1`, with texts in quotes kept whole.
 * @throws Unparsable where quotes are not in pairs.
 */
export function sqlWords(sql: string): string[] {
  const texts: string[] = []
  const parts = sql.replaceAll("'", '"').split('"')
  if (parts.length % 2 === 0) throw new Unparsable('a quote is open')
  const masked = parts.map((part, at) => (at % 2 === 0 ? part : `__val_${texts.push(`"${part}"`) - 1}__`)).join('')
  const words = englishWords(masked).map((word) => word.toLowerCase())
  return joinedOperators(words.map((word) => texts[Number(/^__val_(\d+)__$/.exec(word)?.[1])] ?? word))
}

/** The query is none that Spider's parser reads. */
export class Unparsable extends Error {
  override readonly name = 'Unparsable'
}

// The tokenizer's substitutions that can matter to SQL without quotes, in its order.
const SUBSTITUTIONS: [RegExp, string][] = [
  [/[«“‘„]|`+/g, ' $& '],
  [/([^.])(\.)([\])}>»”’ ]*)\s*$/, '$1 $2 $3 '],
  [/([:,])([^\d])/g, ' $1 $2'],
  [/[:,]$/, ' $& '],
  [/\.{2,}/g, ' $& '],
  [/[;@#$%&]/g, ' $& '],
  [/[\u2012-\u2015]/g, ' $& '],
  [/([^.])(\.)([\])}>]*)\s*$/, '$1 $2$3 '],
  [/[?!]/g, ' $& '],
  [/\*/g, ' $& '],
  [/[\][(){}<>]/g, ' $& '],
  [/--/g, ' -- '],
  [/[»”’]/g, ' $& '],
  [
    /\b(can)(not)\b|\b(gim)(me)\b|\b(gon)(na)\b|\b(got)(ta)\b|\b(lem)(me)\b|\b(wan)(na)(?=\s)/gi,
    ' $1$3$5$7$9$11 $2$4$6$8$10$12 ',
  ],
]

function englishWords(text: string): string[] {
  let spaced = text
  for (const [pattern, replacement] of SUBSTITUTIONS) spaced = spaced.replace(pattern, replacement)
  return spaced.split(/\s+/).filter((word) => word !== '')
}

function joinedOperators(words: string[]): string[] {
  const joined: string[] = []
  for (const word of words) {
    const before = joined.at(-1)
    if (word === '=' && (before === '!' || before === '>' || before === '<')) joined[joined.length - 1] = `${before}=`
    else joined.push(word)
  }
  return joined
}
