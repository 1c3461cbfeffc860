import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { TakenIn } from '../../conversation/conversation.ts'
import type { ChatFile } from '../chat-form.ts'
import { boundWith } from '../choose-databases.ts'
import type { Response, Submission } from '../desk.ts'
import { actionId, channelKey, groupKey, personKey, workspaceKey } from '../ids.ts'
import { askerOf } from '../person-at.ts'
import { pickedGroups } from '../picked-groups.ts'
import { button } from '../reply-message.ts'
import { bad, page } from '../say.ts'
import { say, type Visit } from '../visit.ts'
import { writeAudit } from '../write-audit.ts'

const MOST_FILES = 10
const MOST_PICKED = 25

/** Asks for the files of a new database, and who may ask it. */
export function openDatabaseForm({ person }: Visit): Response {
  if (person.isGuest || person.isForeign) return say(notForGuests())
  return {
    kind: 'form',
    form: {
      id: actionId('add-database', 'new'),
      title: 'Add a database',
      submit: 'Add',
      fields: [
        {
          name: 'name',
          label: 'Name',
          hint: 'Without one it is called like the file',
          required: false,
          type: 'text',
          lines: 'one',
          value: '',
          maxLength: 80,
        },
        {
          name: 'description',
          label: 'What is in it',
          hint: null,
          required: false,
          type: 'text',
          lines: 'many',
          value: '',
          maxLength: 500,
        },
        {
          name: 'files',
          label: 'File',
          hint: 'SQLite, CSV, TSV or a SQLite dump',
          required: true,
          type: 'files',
          endings: ['sqlite', 'sqlite3', 'db', 'csv', 'tsv', 'sql'],
          most: MOST_FILES,
        },
        {
          name: 'people',
          label: 'Who may ask it',
          hint: 'Besides you and this channel',
          required: false,
          type: 'people',
          chosen: [],
          most: MOST_PICKED,
        },
        {
          name: 'groups',
          label: 'Groups or roles that may',
          hint: null,
          required: false,
          type: 'groups',
          chosen: [],
          most: MOST_PICKED,
        },
      ],
    },
  }
}

/** Takes in the files of a form. */
export async function submitDatabaseForm(visit: Visit, submission: Submission): Promise<Response> {
  const { values, files } = submission
  if (files.length === 0) return { kind: 'invalid', problems: { files: 'Choose a file.' } }
  const [name = ''] = values.name ?? []
  const [description = ''] = values.description ?? []
  const { people = [] } = values
  const groups = pickedGroups(visit, submission, MOST_PICKED)
  return groups.problem ?? addDatabase(visit, { name, description, files, people, groups: groups.ids })
}

type NewDatabase = { name: string; description: string; files: ChatFile[]; people: string[]; groups: string[] }

/** Takes in files as a database of this person's, which they and the channel may ask, and who else they say. */
export async function addDatabase(visit: Visit, given: NewDatabase): Promise<Response> {
  const { office, place, person } = visit
  if (person.isGuest || person.isForeign) return say(notForGuests())
  const added = await withFiles(visit, given.files, (files) =>
    office.conversation.databases.add({
      name: given.name.trim() || nameOfFile(given.files),
      description: given.description.trim(),
      files,
      asker: askerOf(office, person),
      workspaceId: workspaceKey(place),
    }),
  )
  office.memory.access.setRules(added.id, {
    people: given.people.slice(0, MOST_PICKED).map((id) => personKey(place.platform, id)),
    groups: given.groups.map((id) => groupKey(place, id)),
    channels: place.direct ? [] : [channelKey(place)],
    guests: false,
    strangers: false,
  })
  if (!place.direct) office.memory.access.bind(channelKey(place), boundWith(office, place, added.id))
  writeAudit(visit, { action: 'added a database', database: added.name })
  return say(addedPage(added, place.direct))
}

/** “sales.csv” becomes a database “sales”. */
function nameOfFile([first]: ChatFile[]): string {
  return basename(first?.name ?? '').replace(/\.[^.]*$/, '')
}

async function withFiles<Result>(
  { office }: Visit,
  files: ChatFile[],
  use: (files: { name: string; path: string }[]) => Promise<Result>,
): Promise<Result> {
  await mkdir(office.uploadDir, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(office.uploadDir, 'chat-'))
  try {
    const taken: { name: string; path: string }[] = []
    for (const [at, file] of files.slice(0, MOST_FILES).entries()) {
      const path = join(folder, String(at))
      await file.download(path, { maxBytes: office.settings.uploadLimitBytes })
      taken.push({ name: basename(file.name), path })
    }
    return await use(taken)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function addedPage({ id, name, tableCount, dataAge, warnings, examples }: TakenIn, isDirect: boolean) {
  const tables = tableCount === 1 ? '1 table' : `${tableCount} tables`
  const who = isDirect ? 'Only you may ask it so far.' : 'You and everybody in this channel may ask it.'
  return page(
    `${name} can be asked now`,
    [
      { lines: [`${tables}. ${dataAge}. ${who}`, ...warnings] },
      ...(examples.length > 0 ? [{ heading: 'Try', lines: examples }] : []),
    ],
    [button('access', id)],
  )
}

function notForGuests() {
  return bad('Guests and members of other organisations cannot add databases.', {
    advice: 'Ask a member of this workspace to add it.',
  })
}
