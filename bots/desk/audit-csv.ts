import type { AuditEntry } from '#core/chat-memory.ts'
import { toCsv } from '../reply/to-csv.ts'

const COLUMNS = ['at', 'person', 'name', 'workspace', 'channel', 'action', 'database', 'rows', 'sql', 'detail']

/** The audit log as CSV: who did what, which SQL ran, how many rows left, and where they went. */
export function auditCsv(entries: AuditEntry[], nameOf: (personId: string) => string | null): string {
  const rows = entries.map(({ at, personId, workspaceId, channel, action, database, rowCount, sql, detail }) => [
    at,
    personId,
    nameOf(personId),
    workspaceId,
    channel,
    action,
    database,
    rowCount,
    sql,
    detail,
  ])
  return toCsv({ columns: COLUMNS, rows })
}
