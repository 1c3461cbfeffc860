import { channelKey, workspaceKey } from './ids.ts'
import type { Visit } from './visit.ts'

type Done = { action: string; database: string; sql?: string | null; rowCount?: number | null; detail?: string }

/** Notes in the audit log what somebody did. */
export function writeAudit(
  { office, place, person }: Visit,
  { action, database, sql, rowCount = null, detail = '' }: Done,
): void {
  office.memory.audit.write({
    workspaceId: workspaceKey(place),
    personId: person.key,
    channel: channelKey(place),
    ...{ action, database, sql: sql ?? '', rowCount, detail },
  })
}
