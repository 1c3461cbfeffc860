import { asc, eq, sql } from 'drizzle-orm'
import { access, bindings, jobs } from './chat-tables.ts'
import { IMMEDIATE } from './immediate.ts'
import type { StoreParts } from './store-parts.ts'

/** Who may ask a database besides its owner. Without `guests` or `strangers` these get nothing, whatever else is granted. */
export type AccessRules = {
  people: string[]
  groups: string[]
  channels: string[]
  guests: boolean
  /** Members of other organisations in shared channels. */
  strangers: boolean
}

/** Who may ask which database where. */
export type AccessStore = {
  rules(databaseId: string): AccessRules
  setRules(databaseId: string, rules: AccessRules): void
  /** Ids of the databases that belong to a channel, first bound first. */
  bound(channel: string): string[]
  /** The channels to which a database belongs. */
  channelsOf(databaseId: string): string[]
  /** The channels and groups that are known by now: from where something was asked, bound or granted. */
  known(): { channels: string[]; groups: string[] }
  bind(channel: string, databaseIds: string[]): void
}

export function createAccessStore({ db, guard, now }: StoreParts): AccessStore {
  return {
    rules: (databaseId) =>
      guard(() => {
        const granted = db
          .select()
          .from(access)
          .where(eq(access.databaseId, databaseId))
          .orderBy(asc(access.value))
          .all()
        const of = (kind: string) => granted.filter((one) => one.kind === kind).map(({ value }) => value)
        return {
          people: of('person'),
          groups: of('group'),
          channels: of('channel'),
          guests: of('guests').length > 0,
          strangers: of('strangers').length > 0,
        }
      }),
    setRules: (databaseId, { people, groups, channels, guests, strangers }) =>
      guard(() =>
        db.transaction((tx) => {
          tx.delete(access).where(eq(access.databaseId, databaseId)).run()
          const granted = [
            ...people.map((value) => ({ kind: 'person' as const, value })),
            ...groups.map((value) => ({ kind: 'group' as const, value })),
            ...channels.map((value) => ({ kind: 'channel' as const, value })),
            ...(guests ? [{ kind: 'guests' as const, value: '' }] : []),
            ...(strangers ? [{ kind: 'strangers' as const, value: '' }] : []),
          ]
          const rows = granted.map((one) => ({ databaseId, ...one }))
          if (rows.length > 0) tx.insert(access).values(rows).onConflictDoNothing().run()
        }, IMMEDIATE),
      ),
    bound: (channel) =>
      guard(() =>
        db
          .select({ id: bindings.databaseId })
          .from(bindings)
          .where(eq(bindings.channel, channel))
          .orderBy(asc(bindings.boundAt), asc(bindings.databaseId))
          .all()
          .map(({ id }) => id),
      ),
    channelsOf: (databaseId) =>
      guard(() =>
        db
          .select({ channel: bindings.channel })
          .from(bindings)
          .where(eq(bindings.databaseId, databaseId))
          .orderBy(asc(bindings.channel))
          .all()
          .map(({ channel }) => channel),
      ),
    known: () =>
      guard(() => {
        const granted = db.selectDistinct({ kind: access.kind, value: access.value }).from(access).all()
        const of = (kind: string) => granted.flatMap((one) => (one.kind === kind ? [one.value] : []))
        const bound = db.selectDistinct({ channel: bindings.channel }).from(bindings).all()
        // Direct messages are nobody's channel.
        const isChannel = sql`json_extract(${jobs.origin}, '$.direct') = 0`
        const asked = db.selectDistinct({ channel: jobs.channel }).from(jobs).where(isChannel).all()
        const channels = new Set([...of('channel'), ...[...bound, ...asked].map(({ channel }) => channel)])
        return { channels: [...channels].sort(), groups: of('group').sort() }
      }),
    bind: (channel, databaseIds) =>
      guard(() =>
        db.transaction((tx) => {
          tx.delete(bindings).where(eq(bindings.channel, channel)).run()
          const rows = databaseIds.map((databaseId) => ({ channel, databaseId, boundAt: now().toISOString() }))
          if (rows.length > 0) tx.insert(bindings).values(rows).onConflictDoNothing().run()
        }, IMMEDIATE),
      ),
  }
}
