import type { Administration, DatabaseAdministration, Overview } from '../desk/administration.ts'
import { gone } from './scripted-databases.ts'

export type ScriptedAdministration = Administration & {
  kept: DatabaseAdministration
  seen: Overview
}

/** Administration of one database that is kept in memory, for tests of what the page shows. */
export function scriptAdministration(): ScriptedAdministration {
  const known = { people: [{ id: 'chat:ann', name: 'Ann' }], groups: [], channels: ['chat:w:sales', 'chat:w:random'] }
  const nobody = { people: [], groups: [], guests: false, strangers: false }
  const kept: DatabaseAdministration = {
    glossary: [{ term: 'revenue', meaning: 'net of returns <b>always</b>' }],
    verified: [
      { questionId: 'q1', question: 'How many orders?', sql: 'SELECT 1', by: 'Ann', at: '2026-11-20T10:00:00Z' },
    ],
    access: { ...nobody, channels: ['chat:w:sales'], bound: ['chat:w:sales'], known },
  }
  const seen: Overview = {
    queue: { waiting: 2, running: 1, toSend: 0 },
    workspaces: [{ id: 'chat:w', name: '', quotas: [{ scope: 'person', perDay: 50, message: '' }] }],
    audit: [
      {
        ...{ at: '2026-11-20T10:00:00.000Z', personId: 'chat:ann', name: 'Ann', workspaceId: 'chat:w' },
        ...{ channel: 'chat:w:sales', action: 'asked', database: 'shop', sql: 'SELECT 1', rowCount: 1, detail: '' },
      },
    ],
  }
  const without = (term: string) => kept.glossary.filter((one) => one.term !== term)
  return {
    kept,
    seen,
    database: () => kept,
    setAccess: (_, grants) => void Object.assign(kept.access, grants),
    define(_, { term, meaning }) {
      if (term.trim() === '') gone('word')
      kept.glossary = [...without(term), { term, meaning }]
    },
    undefine(_, term) {
      const left = without(term)
      const isThere = left.length < kept.glossary.length
      kept.glossary = left
      return isThere
    },
    verify: (_, thumb) => thumb === 'up',
    unverify(questionId) {
      const left = kept.verified.filter((one) => one.questionId !== questionId)
      const isThere = left.length < kept.verified.length
      kept.verified = left
      return isThere
    },
    overview: () => seen,
    setQuota(_, scope, quota) {
      const [workspace] = seen.workspaces
      if (workspace) workspace.quotas = quota ? [{ scope, ...quota }] : []
    },
    auditCsv: (days) => `at,person\n${days},Ann\n`,
  }
}
