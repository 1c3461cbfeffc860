import { bombs } from './bombs.ts'
import { makeDice } from './dice.ts'
import { disguises } from './disguises.ts'
import type { HostileClass, Targets } from './hostile-class.ts'
import { outside } from './outside.ts'
import { probes } from './probes.ts'
import { writes } from './writes.ts'

export type HostileStatement = { class: string; bomb: boolean; mayAnswer: boolean; sql: string }

const classes: HostileClass[] = [...writes, ...outside, ...disguises, ...probes, ...bombs]

/** Hostile statements, all different, as many of each class as can be, the same ones from the same seed. */
export function hostileStatements(count: number, seed: number, targets: Targets): HostileStatement[] {
  const dice = makeDice(seed)
  const made = new Map<string, HostileStatement>()
  for (let turn = 0; made.size < count; turn++) {
    const { name, bomb = false, mayAnswer = bomb, make } = classes[turn % classes.length] as HostileClass
    const sql = make(dice, targets)
    if (!made.has(sql)) made.set(sql, { class: name, bomb, mayAnswer, sql })
    if (turn > count * 20) throw new Error(`Only ${made.size} different statements could be made.`)
  }
  return [...made.values()]
}
