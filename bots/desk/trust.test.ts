import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { asReply, openTestDesk, saidTo, type TestDesk } from '../testing/open-test-desk.ts'
import type { ChatFile } from './chat-form.ts'
import type { Place } from './chat-platform.ts'

let desk: TestDesk
let evil: Place

beforeAll(async () => {
  desk = await openTestDesk({
    dumps: { school: SCHOOL_DUMP },
    bound: ['school'],
    generator: scriptedGenerator([
      { when: /^How many students/, say: 'SELECT COUNT(*) FROM students' },
      { when: /fruits/, say: 'SELECT name FROM fruits' },
    ]),
  })
  evil = { ...desk.place, workspace: 'evil', channel: 'lair' }
  const file: ChatFile = {
    name: 'fruits.csv',
    bytes: 20,
    download: (to) => writeFile(to, 'name,price\nApple,1\nPear,2\n'),
  }
  await desk.command('databases add', { files: [file], personId: 'olga' })
})
afterAll(() => desk.close())
beforeEach(() => desk.parts.state.chatPeople.setTrusted('chat:w', []))

/** What somebody picks in the form of the workspace that they administer. */
async function trust(place: Place, ...people: string[]): Promise<void> {
  desk.platform.people.set('boss', { isAdmin: true })
  const opened = await desk.command('admin trust', { place, personId: 'boss' })
  if (opened.kind !== 'form') throw new Error(JSON.stringify(opened))
  const doing = { key: crypto.randomUUID(), place, personId: 'boss', handle: null }
  expect(saidTo(await desk.desk.submit({ ...doing, form: opened.form.id, values: { people }, files: [] }))).toBe(
    'Saved. ',
  )
}

const thumb = async (question: string, place = desk.place) => {
  const id = desk.ask(question, { place, personId: 'ann' })
  asReply((await desk.ended(id)).message)
  return saidTo(await desk.press(`thumb-up.${id}`, { place, personId: 'mallory' }))
}
const wordsToDefine = async () => {
  const response = await desk.command('glossary add', { personId: 'mallory' })
  if (response.kind !== 'form') return []
  const [field] = response.form.fields
  return field?.type === 'choice' ? field.options.map(({ label }) => label) : []
}

test('who is trusted in one workspace is not by that in another', async () => {
  await trust(evil, 'mallory')
  expect(desk.parts.state.chatPeople.trusted('chat:evil')).toEqual(['chat:mallory'])
  for (const question of ['How many students are there?', 'Which fruits are there?'])
    expect(await thumb(question)).toBe('Thanks. ')
  expect(await wordsToDefine()).toEqual([])
  await trust(desk.place, 'mallory')
  expect(await wordsToDefine()).toEqual(['fruits', 'school'])
  for (const question of ['How many students are there?', 'Which fruits are there?'])
    expect(await thumb(question)).toContain('verified now')
  await trust(evil)
  expect(await wordsToDefine()).toEqual(['fruits', 'school'])
})

test('what several workspaces ask is vouched for by who is trusted in all of them', async () => {
  const { access } = desk.parts.state
  const school = desk.ids.school ?? ''
  const before = access.rules(school)
  access.setRules(school, { ...before, channels: [...before.channels, 'chat:evil:lair'] })
  access.bind('chat:evil:lair', [school])
  await trust(evil, 'mallory')
  expect(await thumb('How many students are there?', evil)).toBe('Thanks. ')
  await trust(desk.place, 'mallory')
  expect(await thumb('How many students are there?', evil)).toContain('verified now')
  access.setRules(school, before)
})
