import type { Dice } from './dice.ts'

/** Paths that hostile statements reach for. */
export type Targets = {
  /** Folder of the database. */
  folder: string
  /** A text file beside it. */
  victim: string
  /** A second database beside it. */
  other: string
}

/**
 * One kind of attack. A bomb is let through: it must end by its deadline or the memory limit. A text that only looks like
 * an attack, because it stands inside quotes, may be answered.
 */
export type HostileClass = {
  name: string
  bomb?: true
  mayAnswer?: true
  make(dice: Dice, targets: Targets): string
}
