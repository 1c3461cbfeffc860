import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FLEET_DUMP, SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { type ScriptedGenerator, scriptedGenerator } from '#core/testing/scripted-generator.ts'
import {
  asNotice,
  asReply,
  eventually,
  openTestDesk,
  saidTo,
  type TestDesk,
  wordsOf,
} from '../testing/open-test-desk.ts'
import type { ChatFile } from './chat-form.ts'
import type { Suggested } from './desk.ts'

const TEACHERS = 'SELECT name FROM teachers'

let desk: TestDesk
let generator: ScriptedGenerator

beforeAll(async () => {
  generator = scriptedGenerator([
    { when: /^only in Paris/, say: "SELECT COUNT(*) FROM students WHERE city = 'Paris'" },
    { when: /^How many students/, say: 'SELECT COUNT(*) FROM students' },
    { when: /^What are the names/, say: [TEACHERS, 'SELECT city FROM teachers', TEACHERS], logProb: -1.5 },
    { when: /^How many ships/, say: 'SELECT COUNT(*) FROM ships' },
    { when: /fruits/, say: 'SELECT name FROM fruits' },
  ])
  desk = await openTestDesk({
    dumps: { school: SCHOOL_DUMP, fleet: FLEET_DUMP },
    bound: ['school'],
    owner: 'olga',
    generator,
  })
})
afterAll(() => desk.close())

const jobs = () => desk.parts.state.jobs
const otherChannel = () => ({ ...desk.place, channel: 'random' })
const direct = () => ({ ...desk.place, channel: 'dm-olga', direct: true })
const latest = () => desk.parts.state.questions.list({ limit: 1 })[0]?.id ?? ''
const form = async (response: ReturnType<TestDesk['press']>) => {
  const opened = await response
  if (opened.kind !== 'form') throw new Error(`no form: ${JSON.stringify(opened)}`)
  return opened.form
}
const submit = (id: string, values: Record<string, string[]>, about = {}) =>
  desk.desk.submit({
    ...{ key: crypto.randomUUID(), place: desk.place, personId: 'ann', handle: null },
    ...{ form: id, values, files: [] },
    ...about,
  })

describe('in a channel without a database', () => {
  test('the first question asks which one belongs here, and goes on once that is chosen', async () => {
    const place = otherChannel()
    const id = desk.ask('How many students are there?', { place, personId: 'olga' })
    const { message } = await desk.ended(id)
    if (message.kind !== 'picker') throw new Error(wordsOf(message))
    expect(message.options.map(({ label }) => label)).toEqual(['fleet', 'school'])
    const second = desk.ask('How many students are there?', { place, personId: 'olga' })
    await desk.ended(second)
    const picked = { place, personId: 'olga', values: [desk.ids.school ?? ''] }
    expect(saidTo(await desk.press(message.id, picked))).toContain('This channel asks school from now on.')
    await eventually(() => expect(jobs().get(second)?.state).toBe('done'))
    for (const one of [id, second]) asReply((await desk.ended(one)).message)
    expect(desk.platform.messages.filter(({ to }) => to.place.channel === 'random')).toHaveLength(2)
  })

  test('who may choose none is told whom to ask', async () => {
    const { message } = await desk.answer('How many students are there?', { place: { ...desk.place, channel: 'new' } })
    expect(asNotice(message)).toMatchObject({ buttons: [{ name: 'add-database', opensForm: true }] })
  })
})

describe('follow-ups', () => {
  test('build on the last answer of the thread, on a message of ours, or on nothing', async () => {
    const first = await desk.answer('How many students are there?', { message: 'm-7' })
    const thread = { ...desk.place, thread: 'm-7' }
    expect(asReply((await desk.answer('only in Paris', { place: thread })).message).reply).toMatchObject({
      sql: "SELECT COUNT(*) FROM students WHERE city = 'Paris'",
    })
    expect(desk.parts.state.questions.get(latest())?.follows?.question).toBe('How many students are there?')
    await desk.answer('only in Paris', { follows: first.ref })
    expect(desk.parts.state.questions.get(latest())?.follows?.question).toBe('How many students are there?')
    await desk.answer('How many students are there?')
    expect(desk.parts.state.questions.get(latest())?.follows).toBeNull()
  })

  test('are asked with a form too', async () => {
    const id = desk.ask('How many students are there?')
    await desk.ended(id)
    const { id: formId } = await form(desk.press(`ask-more.${id}`))
    expect(await submit(formId, { text: [' '] })).toMatchObject({
      kind: 'invalid',
      problems: { text: expect.any(String) },
    })
    expect(await submit(formId, { text: ['only in Paris'] })).toEqual({ kind: 'done' })
    expect(asReply((await desk.ended(latest())).message).reply.question).toBe('only in Paris')
  })
})

describe('with an answer', () => {
  let id: string
  beforeAll(async () => {
    id = desk.ask('How many students are there?')
    await desk.ended(id)
  })

  test('everything that can be done is offered', () => {
    const seen = desk.platform.messages.find(({ ref }) => ref === jobs().get(id)?.posted)
    const names = asReply(seen?.message ?? { kind: 'page', title: '', sections: [], buttons: [] }).buttons.map(
      ({ name }) => name,
    )
    expect(names).toEqual(['ask-more', 'edit-sql', 'csv', 'thumb-up', 'thumb-down', 'explain', 'save', 'add-term'])
  })

  test('its SQL is edited by somebody else and runs as a question of theirs', async () => {
    const opened = await form(desk.press(`edit-sql.${id}`, { personId: 'ben' }))
    expect(opened.fields[0]).toMatchObject({ value: 'SELECT COUNT(*) FROM students' })
    const sql = "SELECT name FROM students WHERE city = 'Paris' ORDER BY name"
    await submit(opened.id, { sql: [sql] }, { personId: 'ben' })
    expect(asReply((await desk.ended(latest())).message).reply).toMatchObject({ sql, table: { rowCount: 2 } })
    expect(desk.parts.state.questions.get(latest())?.askerId).toBe('chat:ben')
    await submit(opened.id, { sql: ['DELETE FROM students'] })
    expect(asReply((await desk.ended(latest())).message).reply).toMatchObject({ kind: 'unanswered', reason: 'unsafe' })
  })

  test('its rows come as a file to who wants them only, and that is noted', async () => {
    expect(saidTo(await desk.press(`csv.${id}`, { personId: 'ben' }))).toBe('I sent you the file. ')
    expect(desk.platform.files.at(-1)).toMatchObject({
      to: { place: { channel: 'direct-ben', direct: true } },
      file: { name: 'how-many-students-are-there.csv', mimeType: 'text/csv' },
    })
    expect(desk.parts.state.audit.last({ limit: 1 })).toMatchObject([
      {
        personId: 'chat:ben',
        action: 'took CSV',
        database: 'school',
        sql: 'SELECT COUNT(*) FROM students',
        rowCount: 1,
      },
    ])
  })

  test('rows that are more than a file may hold are said to be, with what to do', async () => {
    desk.platform.fail('upload', { kind: 'rich-refused', detail: '413' })
    expect(saidTo(await desk.press(`csv.${id}`))).toMatch(/could not be sent.*larger than files may be here/)
  })

  test('it is explained, with the SQL and what was tried', async () => {
    const said = await desk.press(`explain.${id}`)
    expect(saidTo(said)).toContain('How I got this')
    expect(JSON.stringify(said)).toContain('SELECT COUNT(*) FROM students')
  })

  test('it is saved, and found again on the overview with what was asked and what may be', async () => {
    expect(saidTo(await desk.press(`save.${id}`))).toContain('Saved')
    const home = await desk.desk.home({ place: desk.place, personId: 'ann' })
    expect(wordsOf(home.page)).toMatch(
      /school Data up to .*Saved questions How many students are there\? Recent questions How many students are there\?/,
    )
    expect(home.examples.length).toBeGreaterThan(0)
  })

  test('a thumb up of anybody is thanked for; that of the owner verifies it, and a thumb down takes that back', async () => {
    expect(saidTo(await desk.press(`thumb-up.${id}`))).toBe('Thanks. ')
    expect(saidTo(await desk.press(`thumb-up.${id}`, { personId: 'olga' }))).toContain('verified now')
    generator.requests.length = 0
    const { message } = await desk.answer('how many students are there')
    expect(asReply(message).reply.notes).toEqual([expect.stringMatching(/^Verified by olga on /)])
    expect(generator.requests).toEqual([])
    expect(saidTo(await desk.press(`thumb-down.${id}`, { personId: 'olga' }))).toContain('no longer a verified answer')
    asReply((await desk.answer('how many students are there')).message)
    expect(generator.requests.length).toBeGreaterThan(0)
    expect(desk.parts.state.reviews.list(9)).toMatchObject([{ questionId: id, personId: 'chat:olga' }])
  })
})

describe('privately', () => {
  test('a person gets the answer alone, and shares it where they like', async () => {
    expect(saidTo(await desk.command('settings private on'))).toBe('Saved. ')
    const id = desk.ask('How many students are there?', { handle: 'token' })
    const seen = await desk.ended(id)
    expect(seen.to).toMatchObject({ onlyFor: 'ann', handle: 'token', place: { channel: 'sales' } })
    expect(asReply(seen.message).buttons.map(({ name }) => name)).toContain('share')
    expect(saidTo(await desk.press(`share.${id}`, { personId: 'ben' }))).toContain('not known here')
    desk.platform.channelFailure = { kind: 'gone', what: 'bot-removed', detail: 'not_in_channel' }
    expect(saidTo(await desk.press(`share.${id}`))).toContain('I cannot post in this channel.')
    desk.platform.channelFailure = null
    const before = desk.platform.messages.length
    const presses = await Promise.all([desk.press(`share.${id}`), desk.press(`share.${id}`)])
    expect(presses.map(saidTo)).toEqual(['Shared. ', 'Everybody here can see this answer already. '])
    expect(desk.platform.messages).toHaveLength(before + 1)
    const shared = desk.platform.messages.at(-1)
    expect(shared).toMatchObject({ to: { onlyFor: null }, message: { lead: ['ann asked and shares this.'] } })
    await desk.command('settings private off')
  })

  test('an answer that may have been shared is not shared again', async () => {
    const id = desk.ask('How many students are there?', { handle: 'token', visibility: 'only-me' })
    await desk.ended(id)
    desk.platform.fail('post', { kind: 'unavailable', detail: 'down' })
    expect(saidTo(await desk.press(`share.${id}`))).toMatch(/do not know whether.*Look there/)
    const before = desk.platform.messages.length
    expect(saidTo(await desk.press(`share.${id}`))).toContain('can see this answer already')
    expect(desk.platform.messages).toHaveLength(before)
  })

  test('without a way to show it to one only, it goes to their direct messages', async () => {
    const { to } = await desk.answer('How many students are there?', { visibility: 'only-me' })
    expect(to).toMatchObject({ onlyFor: null, place: { channel: 'direct-ann', direct: true } })
  })

  test('the owner gets the answer alone where a channel may not see it', async () => {
    const seen = await desk.answer('How many ships are there?', { personId: 'olga', database: 'fleet' })
    expect(seen.to.place).toMatchObject({ channel: 'direct-olga' })
    asReply(seen.message)
  })
})

test('in direct messages a person asks all that they may, and the one that fits is found', async () => {
  const { message } = await desk.answer('How many ships are there?', { personId: 'olga', place: direct() })
  expect(asReply(message).reply).toMatchObject({ database: { name: 'fleet' } })
})

test('time zone and locale are the platform’s, until the person sets others', async () => {
  desk.platform.people.set('tom', { timeZone: 'America/New_York', locale: 'de-DE' })
  const settings = async () => saidTo(await desk.command('settings', { personId: 'tom' }))
  expect(await settings()).toMatch(/America\/New_York.*de-DE/)
  await desk.command('settings time-zone Europe/Zurich', { personId: 'tom' })
  await desk.command('settings locale fr-CH', { personId: 'tom' })
  expect(await settings()).toMatch(/Europe\/Zurich.*fr-CH/)
  expect(saidTo(await desk.command('settings time-zone Moon/Crater', { personId: 'tom' }))).toContain(
    'did not understand',
  )
})

describe('commands', () => {
  test.each(['', 'help', 'nonsense of mine'])('“%s” gives help', async (text) => {
    const said = saidTo(await desk.command(text))
    expect(said).toContain('Ask your database')
    expect(said.includes('There is no command “nonsense of mine”')).toBe(text.startsWith('nonsense'))
  })

  test('databases lists what may be asked here, and use binds', async () => {
    expect(saidTo(await desk.command('databases'))).toMatch(/school Belongs to this channel/)
    expect(saidTo(await desk.command('databases'))).not.toContain('fleet')
    expect(saidTo(await desk.command('use fleet'))).toContain('no such database')
    const place = { ...desk.place, channel: 'harbour' }
    expect(saidTo(await desk.command('use fleet', { personId: 'olga', place }))).toContain('asks fleet from now on')
    asReply((await desk.answer('How many ships are there?', { place })).message)
  })

  test('add takes in files with the command or a form, remove asks first', async () => {
    const file: ChatFile = {
      name: 'fruits.csv',
      bytes: 20,
      download: (to) => writeFile(to, 'name,price\nApple,1\nPear,2\n'),
    }
    const place = { ...desk.place, channel: 'market' }
    const added = await desk.command('databases add', { files: [file], personId: 'max', place })
    expect(saidTo(added)).toMatch(/fruits can be asked now.*You and everybody in this channel/)
    asReply((await desk.answer('Which fruits are there?', { place, personId: 'ann' })).message)
    const bad = { ...file, name: 'fruits.docx' }
    expect(await desk.command('databases add', { files: [bad], place })).toMatchObject({ message: { tone: 'bad' } })
    const opened = await form(desk.command('databases add', { place }))
    expect(opened.fields.map(({ type }) => type)).toEqual(['text', 'text', 'files', 'people', 'groups'])
    expect(await submit(opened.id, {}, { place })).toMatchObject({ kind: 'invalid' })

    expect(saidTo(await desk.command('databases remove fruits', { place }))).toContain(
      'no such database that you may remove',
    )
    const asked = await desk.command('databases remove fruits', { place, personId: 'max' })
    if (asked.kind !== 'say') throw new Error('nothing was said')
    const remove = asked.message.buttons[0]?.id ?? ''
    expect(saidTo(await desk.press(remove, { place }))).toContain('no such database')
    expect(saidTo(await desk.press(remove, { place, personId: 'max' }))).toBe('fruits is gone. ')
  })

  test('glossary is written by who may, and read by all', async () => {
    expect(saidTo(await desk.command('glossary add'))).toContain('no database whose words you may define')
    const opened = await form(desk.command('glossary add', { personId: 'olga' }))
    const values = { database: [desk.ids.school ?? ''], term: ['drop-out'], meaning: ['status\n is  left'] }
    expect(saidTo(await submit(opened.id, values, { personId: 'olga' }))).toContain('“drop-out” means: status is left')
    expect(saidTo(await submit(opened.id, values))).toContain('no database whose words you may define')
    expect(saidTo(await desk.command('glossary'))).toContain('drop-out: status is left')
    expect(saidTo(await desk.command('glossary remove school drop-out', { personId: 'olga' }))).toContain(
      'no longer defined',
    )
  })

  test('admin shows queue, model, quotas and doings to administrators only', async () => {
    expect(saidTo(await desk.command('admin'))).toContain('Only administrators')
    desk.platform.people.set('root', { isAdmin: true })
    const admin = { personId: 'root' }
    await desk.command('admin quota person 50 Ask Ben', admin)
    const said = saidTo(await desk.command('admin', admin))
    expect(said).toMatch(
      /0 waiting.*chat: connected.*scripted.*50 a day for each person, saying “Ask Ben”.*ann asked \(fleet, 1 rows\)/s,
    )
    const home = await desk.desk.home({ place: desk.place, personId: 'ann' })
    expect(wordsOf(home.page)).toMatch(/\d+ of 50 questions left/)
    expect(saidTo(await desk.command('admin quota person off', admin))).toContain('No limit')
    expect(saidTo(await desk.command('admin quota nobody 5', admin))).toContain('no quota')
    await desk.command('admin audit', admin)
    expect(desk.platform.files.at(-1)?.file).toMatchObject({
      name: 'audit.csv',
      content: expect.stringContaining('took CSV'),
    })
    const opened = await form(desk.command('admin trust', admin))
    await submit(opened.id, { people: ['ben'] }, admin)
    expect(desk.parts.state.chatPeople.trusted('chat:w')).toEqual(['chat:ben'])
    expect(saidTo(await submit(opened.id, { people: ['ann'] }))).toContain('Only administrators')
  })

  test('benchmark says that nothing was measured yet', async () => {
    expect(saidTo(await desk.command('benchmark'))).toContain('Nothing was measured')
  })
})

test('what is typed is completed from what may be asked, and from what was', async () => {
  const ask = (about: Suggested, typed: string, personId = 'ann') =>
    desk.desk.suggest({ place: desk.place, personId, for: about, typed })
  expect((await ask('database', 'SCH')).map(({ label }) => label)).toEqual(['school'])
  expect(await ask('database', 'fleet')).toEqual([])
  expect((await ask('time-zone', 'berl')).map(({ value }) => value)).toEqual(['Europe/Berlin'])
  expect((await ask('question', 'students')).map(({ label }) => label)).toContain('How many students are there?')
  expect(await ask('question', 'students', 'nobody-yet')).toEqual([])
})

test('where the last query that was tried is not the one that was chosen, its own is shown, noted and followed', async () => {
  const chosen = desk.ask('What are the names of all teachers?')
  const { ref } = await desk.ended(chosen)
  const tried = desk.parts.state.questions.get(chosen)?.trace?.attempts.map(({ candidate }) => candidate.sql)
  expect(tried).toEqual([TEACHERS, 'SELECT city FROM teachers'])
  expect((await form(desk.press(`edit-sql.${chosen}`))).fields[0]).toMatchObject({ value: TEACHERS })
  await desk.press(`csv.${chosen}`)
  expect(desk.parts.state.audit.last({ limit: 1 })).toMatchObject([{ action: 'took CSV', sql: TEACHERS }])
  await desk.answer('only in Paris', { follows: ref })
  expect(desk.parts.state.questions.get(latest())?.follows?.sql).toBe(TEACHERS)
})
