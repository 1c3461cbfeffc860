import type { Draws } from '#databases/sample/draws.ts'
import { mistyped, reworded } from '#models/finetune/export/everyday/restyle.ts'
import { textsOf } from '#models/finetune/export/texts-of.ts'
import { type DatasetCase, goldOf } from '../datasets/dataset-case.ts'

/** A case's question with one or two slips of the keyboard, and half the time in lower case without its mark at the end; texts that its query filters by stay. */
export function withSlips(one: DatasetCase, draws: Draws): string {
  const { question } = one
  const verbatim = verbatimOf(one)
  const once = mistyped(question, draws, verbatim)
  const slips = draws.chance(0.4) ? mistyped(once, draws, verbatim) : once
  return slips !== question && verbatim.length === 0 && draws.chance(0.5)
    ? slips.toLowerCase().replace(/[?.]$/, '')
    : slips
}

/** A case's question with one or two nouns replaced by others for the same thing; as it is where it has none that may be. */
export function inOtherWords(one: DatasetCase, draws: Draws): string {
  const { question } = one
  const verbatim = verbatimOf(one)
  const once = reworded(question, draws, verbatim)
  const twice = reworded(once, draws, verbatim)
  // The second word may be the first one's own.
  return twice === question ? once : twice
}

function verbatimOf(one: DatasetCase): string[] {
  return textsOf(goldOf(one).replaceAll('"', "'"))
}
