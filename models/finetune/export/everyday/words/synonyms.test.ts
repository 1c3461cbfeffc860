import { expect, test } from 'vitest'
import { relatedWords } from '#core/words/related-words.ts'
import { words } from '#core/words/split-words.ts'
import { meaningsOf } from '#core/words/word-meanings.ts'
import { SYNONYMS } from './synonyms.ts'

test('what stands for a word in training is understood where questions are answered', () => {
  const unknown = Object.entries(SYNONYMS).flatMap(([word, others]) => {
    const known = new Set(meaningsOf(word))
    const isKnown = (other: string) => meaningsOf(other).some((one) => known.has(one)) || relatedWords(other).has(word)
    return others.flatMap((other) =>
      words(other).length > 1 || isKnown(words(other)[0] ?? '') ? [] : [`${other} for ${word}`],
    )
  })
  expect(unknown).toEqual([])
})
