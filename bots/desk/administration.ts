import type { AuditEntry, ChatMemory, Quota, RegisteredDatabase } from '#core/chat-memory.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import { auditCsv } from './audit-csv.ts'
import { type ChatAccess, changeChatAccess, chatAccess, type Grants } from './chat-access.ts'
import { defineTerm } from './define-term.ts'
import type { DeskSettings } from './office.ts'
import { verifyByThumb } from './verify-answer.ts'

/**
 * What whoever runs this installation sees and decides, without any chat: the commands and forms of chats do the same for one workspace.
 * Front ends let only those at it who may administer Rowbot.
 */
export type Administration = {
  database(id: string): DatabaseAdministration
  /** Decides who may ask a database in which channels, and to which channels it belongs. */
  setAccess(id: string, grants: Grants, by: string): void
  define(id: string, definition: { term: string; meaning: string }, by: string): void
  /** False where there was no such word. */
  undefine(id: string, term: string): boolean
  /** A thumb of somebody who is trusted: whether the answer is a verified one from now on. */
  verify(questionId: string, thumb: 'up' | 'down' | null, by: string): boolean
  /** Takes a verified answer back. False where there was none. */
  unverify(questionId: string): boolean
  overview(): Overview
  /** Null takes the limit away. */
  setQuota(workspaceId: string, scope: Quota['scope'], quota: Pick<Quota, 'perDay' | 'message'> | null): void
  auditCsv(days: number): string
}

export type DatabaseAdministration = {
  glossary: { term: string; meaning: string }[]
  verified: { questionId: string; question: string; sql: string; by: string | null; at: string }[]
  access: ChatAccess
}

export type Overview = {
  queue: { waiting: number; running: number; toSend: number }
  /** Every workspace of a chat that was seen, with its limits. */
  workspaces: { id: string; name: string; quotas: Quota[] }[]
  /** The last lines of the audit log, newest first; `name` as far as the person is known by one. */
  audit: (AuditEntry & { name: string | null })[]
}

type Parts = {
  memory: ChatMemory
  databases: { list(): RegisteredDatabase[] }
  settings: Pick<DeskSettings, 'locale' | 'timeZone' | 'weekStart'>
  /** Default: the clock. */
  now?: () => Date
}

const MOST_VERIFIED = 200
const AUDIT_LINES = 50
const LONGEST_MESSAGE = 300
const DAY_MS = 86_400_000

/** Administration over what is remembered. */
export function createAdministration({ memory, databases, settings, now = () => new Date() }: Parts): Administration {
  const { access, audit, chatPeople, glossary, jobs, verified, workspaces } = memory
  const known = (id: string) => databases.list().find((one) => one.id === id) ?? noSuchDatabase()
  return {
    database(id) {
      known(id)
      return {
        glossary: glossary.list(id).map(({ term, meaning }) => ({ term, meaning })),
        verified: verified.list(id, MOST_VERIFIED).map(({ questionId, question, sql, verifiedBy, verifiedAt }) => {
          return { questionId, question, sql, by: verifiedBy && chatPeople.name(verifiedBy), at: verifiedAt }
        }),
        access: chatAccess(memory, id),
      }
    },
    setAccess(id, grants, by) {
      const { name } = known(id)
      changeChatAccess(access, id, grants)
      audit.write({ ...HERE, personId: by, action: 'changed who may ask', database: name })
    },
    define(id, definition, by) {
      memory.people.ensure({ id: by, workspaceId: HERE.workspaceId })
      const defined = defineTerm(memory, { databaseId: known(id).id, ...definition, addedBy: by })
      if (defined.kind === 'invalid') throw notDefined(Object.values(defined.problems))
    },
    undefine: (id, term) => glossary.remove(known(id).id, term),
    verify: (questionId, thumb, by) =>
      verifyByThumb({ memory, settings }, { questionId, thumb, personId: by }) === 'verified',
    unverify: (questionId) => verified.remove(questionId),
    overview: () => ({
      queue: { waiting: jobs.count('waiting'), running: jobs.count('running'), toSend: jobs.count('ended') },
      workspaces: chatWorkspaces(workspaces).map(({ id, name }) => ({ id, name, quotas: chatPeople.quotas(id) })),
      audit: audit.last({ limit: AUDIT_LINES }).map((entry) => ({ ...entry, name: chatPeople.name(entry.personId) })),
    }),
    setQuota(workspaceId, scope, quota) {
      if (!chatWorkspaces(workspaces).some(({ id }) => id === workspaceId)) throw noSuchWorkspace()
      chatPeople.setQuota(
        workspaceId,
        scope,
        quota && { ...quota, message: quota.message.trim().slice(0, LONGEST_MESSAGE) },
      )
    },
    auditCsv: (days) => auditCsv(audit.since(new Date(now().getTime() - days * DAY_MS)), chatPeople.name),
  }
}

/** What is done here belongs to this installation, not to a chat. */
const HERE = { workspaceId: 'local', channel: 'console', sql: '', rowCount: null, detail: '' }

/** Workspaces in which somebody chats: their ids begin with the platform's name. */
function chatWorkspaces(workspaces: ChatMemory['workspaces']) {
  return workspaces.list().filter(({ id }) => id.includes(':'))
}

function noSuchDatabase(): never {
  throw new RowbotError({
    code: 'no-such-database',
    message: 'There is no such database (any more).',
    advice: 'Choose another one from the list of databases.',
  })
}

function noSuchWorkspace(): RowbotError {
  return new RowbotError({
    code: 'no-such-workspace',
    message: 'Nobody from this workspace has used Rowbot yet.',
    advice: 'Ask a question there first, then set its limit.',
  })
}

function notDefined(problems: string[]): RowbotError {
  return new RowbotError({ code: 'not-defined', message: problems.join(' '), advice: 'Then save it again.' })
}
