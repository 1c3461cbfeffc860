import { afterAll, beforeAll, expect, test } from 'vitest'
import { FLEET_DUMP, SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { asReply, openTestDesk, saidTo, type TestDesk, wordsOf } from '../testing/open-test-desk.ts'

let desk: TestDesk
let saved: string

beforeAll(async () => {
  desk = await openTestDesk({
    dumps: { school: SCHOOL_DUMP, fleet: FLEET_DUMP },
    bound: ['school'],
    owner: 'olga',
    generator: scriptedGenerator([{ when: /^How many students/, say: 'SELECT COUNT(*) FROM students' }]),
  })
  saved = desk.ask('How many students are there?')
  await desk.ended(saved)
  expect(saidTo(await desk.press(`save.${saved}`, { personId: 'ben' }))).toContain('Saved')
})
afterAll(() => desk.close())

const overview = () => ({ place: { ...desk.place, channel: 'direct-ben', direct: true }, personId: 'ben' })
const latest = () => desk.parts.state.questions.list({ limit: 1 })[0]
/** Presses the button under a saved question on Ben's overview. */
async function askAgain() {
  const { page } = await desk.desk.home(overview())
  if (page.kind !== 'page') throw new Error(wordsOf(page))
  const section = page.sections.find(({ heading }) => heading === 'Saved questions')
  return desk.press(section?.buttons?.[0]?.id ?? '', overview())
}

test('somebody else’s answer that was saved is asked anew from the overview, with one’s own rights', async () => {
  const { access } = desk.parts.state
  const rules = access.rules(desk.ids.school ?? '')
  expect(saidTo(await askAgain())).toMatch(/may not ask the database of this question here.*Ask olga/)
  access.setRules(desk.ids.school ?? '', { ...rules, people: ['chat:ben'] })
  expect(await askAgain()).toEqual({ kind: 'done' })
  expect(latest()).toMatchObject({ askerId: 'chat:ben', text: 'How many students are there?' })
  const { message, to } = await desk.ended(latest()?.id ?? '')
  expect(asReply(message).reply).toMatchObject({ database: { name: 'school' } })
  expect(to.place).toMatchObject({ channel: 'direct-ben' })
})

test('nothing else can be done with it away from where it was asked, nor by who has not saved it', async () => {
  for (const name of ['csv', 'share', 'edit-sql', 'explain', 'thumb-up'])
    expect(saidTo(await desk.press(`${name}.${saved}`, overview()))).toContain('not known here')
  expect(saidTo(await desk.press(`ask-again.${saved}`, { ...overview(), personId: 'eve' }))).toContain('not known here')
})

test('what was saved can be taken off the list again, by whose it is', async () => {
  const savedBy = (personId: string) => desk.parts.state.saved.has(`chat:${personId}`, saved)
  expect(saidTo(await desk.press(`unsave.${saved}`, { ...overview(), personId: 'eve' }))).toContain('Removed')
  expect(savedBy('ben')).toBe(true)
  const { page } = await desk.desk.home(overview())
  const sections = page.kind === 'page' ? page.sections : []
  const [, remove] = sections.find(({ heading }) => heading === 'Saved questions')?.buttons ?? []
  expect(remove).toMatchObject({ name: 'unsave', label: 'Remove' })
  expect(saidTo(await desk.press(remove?.id ?? '', overview()))).toContain('Removed')
  expect(savedBy('ben')).toBe(false)
  expect(wordsOf((await desk.desk.home(overview())).page)).not.toContain('Saved questions')
})
