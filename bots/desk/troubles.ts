import type { SendFailure } from './chat-platform.ts'
import type { Office } from './office.ts'

/** Why a workspace cannot be reached, and since when. */
export type Trouble = { since: Date; failure: SendFailure }

/** The workspaces that cannot be reached now. A failure is told to the log once, when it begins, and so is its end. */
export type Troubles = {
  /** What a call came to; null: it went well. */
  note(workspace: string, failure: SendFailure | null): void
  of(workspace: string): Trouble | undefined
}

export function createTroubles({ log, now }: Pick<Office, 'log' | 'now'>): Troubles {
  const there = new Map<string, Trouble>()
  return {
    of: (workspace) => there.get(workspace),
    note(workspace, failure) {
      const before = there.get(workspace)
      if (failure && !isOutage(failure)) return
      if (failure && before?.failure.kind !== failure.kind) {
        there.set(workspace, { since: now(), failure })
        if (failure.kind === 'unauthorised')
          log.error({ workspace, failure }, `${workspace} refuses the bot’s token: ${failure.fix}`)
        else log.warn({ workspace, failure }, `${workspace} cannot be reached: what is to be sent waits for it`)
      }
      if (failure || !before) return
      there.delete(workspace)
      log.info({ workspace, since: before.since.toISOString() }, `${workspace} can be reached again`)
    },
  }
}

/** What only time, or somebody who looks after the bot, can end; nothing that is to be sent is given up for it. */
export function isOutage({ kind }: SendFailure): boolean {
  return kind === 'unavailable' || kind === 'unauthorised'
}
