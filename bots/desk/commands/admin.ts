import { openTrustForm } from '../actions/trust-form.ts'
import { auditCsv } from '../audit-csv.ts'
import type { Place } from '../chat-platform.ts'
import { workspaceKey } from '../ids.ts'
import { isAdminHere } from '../person-at.ts'
import { bad, good, page } from '../say.ts'
import { privately, say, type Visit } from '../visit.ts'
import { writeAudit } from '../write-audit.ts'
import type { CommandHandler } from './command.ts'

const AUDIT_LINES = 10
const AUDIT_DAYS = 30
const DAY_MS = 86_400_000

/** How the bot is doing in this workspace. */
export const adminOverview = forAdmins((visit) => {
  const { office, place } = visit
  const { jobs, chatPeople, audit } = office.memory
  const quotas = chatPeople.quotas(workspaceKey(place)).map(({ scope, perDay, message }) => {
    const said = message === '' ? '' : `, saying “${message}”`
    return `${perDay} a day for each ${scope}${said}`
  })
  const lines = audit.last({ workspaceId: workspaceKey(place), limit: AUDIT_LINES }).map((entry) => {
    const who = chatPeople.name(entry.personId) ?? 'somebody'
    const rows = entry.rowCount === null ? '' : `${entry.rowCount} rows`
    const about = [entry.database, rows, entry.detail].filter(Boolean).join(', ')
    return `${entry.at.slice(0, 16).replace('T', ' ')} ${who} ${entry.action}${about && ` (${about})`}`
  })
  return say(
    page('Administration', [
      {
        heading: 'Queue',
        lines: [
          `${jobs.count('waiting')} waiting, ${jobs.count('running')} being worked on, ${jobs.count('ended')} answers to be sent`,
          `At most ${office.settings.queueLimit} wait, ${office.settings.questionsAtOnce} are worked on side by side`,
        ],
      },
      {
        heading: 'Health',
        lines: [...office.platforms.keys()].map((name) => `${name}: ${healthOf(office, place, name)}`),
      },
      { heading: 'Model', lines: [office.model] },
      {
        heading: 'Quotas',
        lines: quotas.length > 0 ? quotas : ['None. admin quota person 50 TEXT; admin quota channel off'],
      },
      { heading: 'Last doings', lines: lines.length > 0 ? lines : ['None yet.'] },
    ]),
  )
})

function healthOf({ troubles }: Visit['office'], place: Place, platform: string): string {
  const trouble = troubles.of(workspaceKey({ ...place, platform }))
  return trouble ? `cannot be reached since ${trouble.since.toISOString()} (${trouble.failure.kind})` : 'connected'
}

/** Sends the audit log of this workspace as a file, to the administrator only. */
export const adminAudit = forAdmins(async (visit) => {
  const { office, place } = visit
  const since = new Date(office.now().getTime() - AUDIT_DAYS * DAY_MS)
  const entries = office.memory.audit.since(since, { workspaceId: workspaceKey(place) })
  const to = await privately(visit)
  const file = {
    name: 'audit.csv',
    mimeType: 'text/csv',
    content: auditCsv(entries, office.memory.chatPeople.name),
    alt: `What was asked in the last ${AUDIT_DAYS} days`,
  }
  const sent = to && (await office.platforms.get(place.platform)?.upload(to, file))
  return sent?.ok
    ? say(good('I sent you the file.'))
    : say(bad('The file could not be sent to you.', { advice: 'Try again, or run `rowbot audit` where Rowbot runs.' }))
})

/** Limits how much may be asked in a day: `admin quota person 50 Ask Ben for more`. */
export const adminQuota = forAdmins((visit, rest) => {
  const { office, place } = visit
  const [scope = '', number = '', ...message] = rest
  const perDay = Number(number)
  const isLimit = Number.isInteger(perDay) && perDay > 0
  if ((scope !== 'person' && scope !== 'channel') || (!isLimit && number !== 'off'))
    return say(bad('That is no quota.', { advice: 'admin quota person 50 TEXT, or admin quota channel off' }))
  const quota = isLimit ? { perDay, message: message.join(' ').slice(0, 300) } : null
  office.memory.chatPeople.setQuota(workspaceKey(place), scope, quota)
  const limit = quota ? `${quota.perDay} a day` : 'off'
  writeAudit(visit, { action: 'changed a limit', database: '', detail: `${scope}: ${limit}` })
  return say(good(quota ? `Each ${scope} may ask ${perDay} questions a day.` : `No limit for each ${scope} any more.`))
})

/** Chooses whose thumbs up verify answers. */
export const adminTrust = forAdmins((visit) => openTrustForm(visit))

type AdminWork = (visit: Visit, rest: string[]) => ReturnType<CommandHandler>

function forAdmins(work: AdminWork): CommandHandler {
  return (visit, { rest }) =>
    isAdminHere(visit.person)
      ? work(visit, rest)
      : say(bad('Only administrators of this workspace can do that.', { advice: 'Ask one of them.' }))
}
