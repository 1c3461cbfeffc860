import { sayCondition } from './say-condition.ts'
import { sayRows, saySource } from './say-query.ts'
import { sayValue } from './say-value.ts'
import type { Facts, Voice } from './voice.ts'

/** Ties together the words for values, conditions and queries, which hold one another. */
export function createVoice(facts: Facts, note: Voice['note']): Voice {
  const voice: Voice = {
    ...facts,
    note,
    value: (expression, scope) => sayValue(voice, expression, scope),
    condition: (expression, scope) => sayCondition(voice, expression, scope),
    rows: (query, outer) => sayRows(voice, query, outer),
    source: (query, outer, said) => saySource(voice, query, outer, said),
    quiet: () => createVoice(facts, () => undefined),
  }
  return voice
}
