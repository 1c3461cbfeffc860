import type { DatabaseRecord } from '#databases/state/database-record.ts'
import type { OwnCase } from '#databases/state/evaluation-record.ts'
import type { RunCase } from '../run/run-case.ts'

/** Cases of one's own as a run asks them, those of one database together; the clock stands where it stood when they were first asked. */
export function ownRunCases(cases: OwnCase[], databases: DatabaseRecord[]): RunCase[] {
  const byId = new Map(databases.map((record) => [record.id, record]))
  return cases
    .flatMap((one): RunCase[] => {
      const record = byId.get(one.databaseId)
      if (!record) return []
      return [
        {
          id: one.id,
          database: record.name,
          question: one.question,
          accepted: one.accepted,
          file: record.path,
          suiteFiles: [],
          hardness: null,
          ...(one.follows && { turn: one.follows }),
          askedAt: one.askedAt,
          own: { caseId: one.id, databaseId: record.id },
        },
      ]
    })
    .sort((one, other) => one.database.localeCompare(other.database))
}
