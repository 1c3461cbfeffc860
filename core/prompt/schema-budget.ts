import type { Generator } from '#models/generator.ts'
import type { SchemaBudget } from '../linking/link-schema.ts'
import { renderSchema } from './render-schema.ts'

/** Tokens of schema that stay whole: about six seconds of reading on two cores, once per database. */
const MOST_WHOLE = 2_400

/** What a schema that must be cut is cut to: it is read anew for every question. */
const MOST_CUT = 1_000

/** How much of what the model can read the schema may take; the rest is for the question, its follow-ups and repairs. */
export function schemaBudget(generator: Generator): SchemaBudget {
  const whole = Math.min(Math.floor(generator.identity.contextTokens / 2), MOST_WHOLE)
  return {
    whole,
    cut: Math.min(whole, MOST_CUT),
    tokensOf: (schema) => generator.countTokens(renderSchema(schema)),
  }
}
