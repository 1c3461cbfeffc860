import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openState, type State } from '../open-state.ts'

/** A state in a folder of its own that is thrown away, with a clock that a test sets. */
export type FreshState = {
  state: State
  home: string
  path: string
  setClock(iso: string): void
  /** Closes the state and opens it again, as a restart does. */
  reopen(): State
  remove(): void
}

export function freshState({ keptRows }: { keptRows: number }): FreshState {
  const dir = mkdtempSync(join(tmpdir(), 'rowbot-state-'))
  const home = join(dir, 'home')
  const path = join(home, 'state.sqlite')
  let clock = new Date('2026-11-21T10:00:00Z')
  const open = () => openState({ path, keptRows, now: () => clock })
  const fresh: FreshState = {
    state: open(),
    home,
    path,
    setClock: (iso) => {
      clock = new Date(iso)
    },
    reopen: () => {
      fresh.state.close()
      fresh.state = open()
      return fresh.state
    },
    remove: () => {
      fresh.state.close()
      rmSync(dir, { recursive: true })
    },
  }
  return fresh
}
