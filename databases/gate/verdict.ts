/** A name in a statement that the database does not have. `table` is what stood before the dot of a column. */
export type UnknownName = { name: string; kind: 'table' | 'column' | 'function'; table?: string }

/**
 * What the gate says of a statement. refused: it is no read, or reaches for what it must not. rejected: it would fail, and
 * could be repaired; `unknown` names what the database does not have.
 */
export type Verdict =
  | { ok: true; sql: string; notes: string[] }
  | { ok: false; kind: 'refused' | 'rejected'; message: string; unknown?: UnknownName }

export type Refusal = Extract<Verdict, { ok: false }>

export function refused(message: string): Refusal {
  return { ok: false, kind: 'refused', message }
}

export function rejected(message: string, unknown?: UnknownName): Refusal {
  return { ok: false, kind: 'rejected', message, ...(unknown === undefined ? {} : { unknown }) }
}
