import type { z } from 'zod'

/** One setting: its environment variable, what it accepts, its default and what it does. */
export type Setting<Schema extends z.ZodType, Default extends z.output<Schema> | null> = {
  variable: string
  schema: Schema
  /** Completes "must be …" when a value is refused. */
  expects: string
  default: () => Default
  help: string
  secret?: true
  /** Cannot stand in settings.json, since it says where that file is. */
  environmentOnly?: true
}

/** A setting whose default is of the type that its schema gives. */
export function setting<Schema extends z.ZodType, const Default extends z.output<Schema> | null>(
  one: Setting<Schema, Default>,
): Setting<Schema, Default> {
  return one
}
