import type { Generator } from '#models/generator.ts'

/** A question that a model is asked once. */
export type Asked = { generator: Generator; question: string; signal?: AbortSignal }
