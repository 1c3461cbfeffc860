import type { Node } from './polyglot.ts'

export type Fields = Record<string, unknown>

/** A name as the parser gives it; the offsets are in the SQL text. */
export type Identifier = { name: string; quoted: boolean; span: { start: number; end: number } }

/** Kind and fields of a node of the parser's tree; null for anything else. */
export function openNode(value: unknown): { kind: string; fields: Fields } | null {
  if (!isObject(value)) return null
  const [kind, ...more] = Object.keys(value)
  if (kind === undefined || more.length > 0 || structures.has(kind)) return null
  const fields = value[kind]
  return { kind, fields: isObject(fields) ? fields : {} }
}

// Fields that stand alone in their object without being a kind of node.
const structures = new Set(['this', 'expressions', 'name', 'args'])

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

export function identifier(value: unknown): Identifier | null {
  if (!isObject(value) || typeof value.name !== 'string') return null
  const span = isObject(value.span) ? value.span : {}
  return {
    name: value.name,
    quoted: value.quoted === true,
    span: { start: Number(span.start ?? -1), end: Number(span.end ?? -1) },
  }
}

export function nameOf(value: unknown): string | null {
  return identifier(value)?.name ?? null
}

/** All nodes inside some fields, in the order in which the parser lists them, each taken whole. */
export function nodesWithin(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesWithin)
  if (!isObject(value)) return []
  if (openNode(value) !== null) return [value]
  return Object.values(value).flatMap(nodesWithin)
}
