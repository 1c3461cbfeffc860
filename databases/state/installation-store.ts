import { and, asc, eq } from 'drizzle-orm'
import { DatabaseError } from '../database-error.ts'
import { installations } from './chat-tables.ts'
import type { Erase } from './erase.ts'
import { createSecretBox } from './secret-box.ts'
import type { StoreParts } from './store-parts.ts'

/** Tokens of the workspaces that installed the bot, encrypted. */
export type InstallationStore = {
  /** Throws a DatabaseError (`no-secret-key`) where there is no key to encrypt with. */
  save(installation: { platform: string; workspace: string; secret: string }): void
  /** Null where there is none, or no key opens it. What an older key opened is encrypted anew. */
  find(platform: string, workspace: string): string | null
  /** Erases it to the last byte. False where there was none. */
  remove(platform: string, workspace: string): boolean
  list(platform: string): string[]
}

type Parts = StoreParts & { erase: Erase; secretKeys: string[] }

export function createInstallationStore({ db, guard, erase, secretKeys, now }: Parts): InstallationStore {
  const box = createSecretBox(secretKeys)
  const one = (platform: string, workspace: string) =>
    and(eq(installations.platform, platform), eq(installations.workspace, workspace))
  const save: InstallationStore['save'] = ({ platform, workspace, secret }) => {
    if (secretKeys.length === 0) throw noSecretKey()
    const sealed = { secret: box.seal(secret, `${platform}:${workspace}`), installedAt: now().toISOString() }
    db.insert(installations)
      .values({ platform, workspace, ...sealed })
      .onConflictDoUpdate({ target: [installations.platform, installations.workspace], set: sealed })
      .run()
  }
  return {
    save: (installation) => guard(() => save(installation)),
    find: (platform, workspace) =>
      guard(() => {
        const row = db.select().from(installations).where(one(platform, workspace)).get()
        const opened = row && box.open(row.secret, `${platform}:${workspace}`)
        if (opened?.isStale) save({ platform, workspace, secret: opened.secret })
        return opened?.secret ?? null
      }),
    remove: (platform, workspace) =>
      guard(() => erase((tx) => tx.delete(installations).where(one(platform, workspace)).run().changes).result > 0),
    list: (platform) =>
      guard(() =>
        db
          .select({ workspace: installations.workspace })
          .from(installations)
          .where(eq(installations.platform, platform))
          .orderBy(asc(installations.workspace))
          .all()
          .map(({ workspace }) => workspace),
      ),
  }
}

function noSecretKey(): DatabaseError {
  return new DatabaseError({
    code: 'no-secret-key',
    message: 'There is no key under which tokens of further workspaces could be kept.',
    advice:
      'Set ROWBOT_SECRET_KEY to a random text of at least 32 characters (`openssl rand -hex 32`), and start again.',
  })
}
