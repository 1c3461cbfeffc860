import type { Turn } from '#core/question.ts'
import type { Scene } from './scene.ts'

/** A question as people ask it, with SQL that is right by construction. */
export type EverydayExample = {
  text: string
  sql: string
  follows?: Turn
  family: string
  /** Of a wording or family that nothing is trained on. */
  heldOut: boolean
}

/** What a family writes, before it is restyled and checked against the hints that serving gives. */
export type Draft = {
  text: string
  sql: string
  follows?: Turn
  /** Parts of the text that must stay as they are: values, periods. */
  verbatim?: string[]
  /** Conditions of periods that the question names; exactly these must be hinted. */
  periods?: string[]
}

/** One way in which people ask. Null where the database holds nothing to ask about in this way. */
export type EverydayFamily = {
  name: string
  /** True for families that only tests ask. */
  heldOut?: boolean
  draft(scene: Scene): Draft | null
}

/** Ways to say the same; `{name}` is replaced. Those of `test` are never trained on. */
export type Wordings = { train: string[]; test: string[] }
