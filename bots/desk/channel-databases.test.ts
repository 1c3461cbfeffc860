import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FLEET_DUMP, SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { asNotice, openTestDesk, saidTo, type TestDesk, wordsOf } from '../testing/open-test-desk.ts'

const SHOP_DUMP = 'CREATE TABLE orders (id INTEGER PRIMARY KEY); INSERT INTO orders VALUES (1);'

let desk: TestDesk

beforeAll(async () => {
  desk = await openTestDesk({
    dumps: { school: SCHOOL_DUMP, fleet: FLEET_DUMP, shop: SHOP_DUMP },
    sample: 'shop',
    owner: 'olga',
    bound: ['school'],
    generator: scriptedGenerator([]),
  })
  desk.platform.people.set('root', { isAdmin: true })
})
afterAll(() => desk.close())

const access = () => desk.parts.state.access
const id = (name: string) => desk.ids[name] ?? ''
const bound = (channel = 'sales') =>
  access()
    .bound(`chat:w:${channel}`)
    .map((one) => desk.parts.registry.list().find((database) => database.id === one)?.name)
const lastAudit = () => desk.parts.state.audit.last({ limit: 1 })[0]

describe('the databases of a channel', () => {
  beforeEach(() => access().bind('chat:w:sales', [id('school')]))

  test.each([
    ['guests', { isGuest: true }],
    ['members of other organisations', { isForeign: true }],
  ])('are not chosen by %s', async (_, facts) => {
    desk.platform.people.set('gus', facts)
    const about = { place: { ...desk.place, channel: 'new' }, personId: 'gus' }
    expect(saidTo(await desk.command('use shop', about))).toContain('no such database')
    expect(saidTo(await desk.press('bind.new', { ...about, values: [id('shop')] }))).toContain('may not choose')
    const { message } = await desk.answer('How many orders are there?', about)
    expect(wordsOf(asNotice(message))).toContain('Ask a member of this workspace to choose one for this channel.')
    expect(bound('new')).toEqual([])
  })

  test('are chosen by any member where there are none, and go only with who may take them away', async () => {
    const place = { ...desk.place, channel: 'lounge' }
    expect(saidTo(await desk.command('use shop', { place }))).toContain('This channel asks shop from now on')
    expect(saidTo(await desk.command('use fleet', { place, personId: 'olga' }))).toContain('asks fleet from now on')
    expect(lastAudit()).toMatchObject({
      personId: 'chat:olga',
      action: 'chose for a channel',
      database: 'fleet',
      channel: 'chat:w:lounge',
    })

    const refusal = /school belongs to this channel, and only its owner or an administrator can take it away/
    expect(saidTo(await desk.command('use shop'))).toMatch(refusal)
    expect(saidTo(await desk.press('bind.new', { values: [id('shop')] }))).toMatch(refusal)
    expect(bound()).toEqual(['school'])
    expect(saidTo(await desk.command('use shop, school'))).toContain('from now on')
    expect(bound().sort()).toEqual(['school', 'shop'])
    await desk.command('use shop', { personId: 'root' })
    expect(bound()).toEqual(['shop'])
  })
})

test('what is changed in a chat is in the audit log: access, trust, limits, words', async () => {
  const submit = (form: string, personId: string, values: Record<string, string[]>) =>
    desk.desk.submit({ key: crypto.randomUUID(), place: desk.place, personId, handle: null, form, values, files: [] })
  const { access } = desk.parts.state
  await submit(`access.${id('fleet')}`, 'olga', { people: ['ann'] })
  expect(lastAudit()).toMatchObject({ personId: 'chat:olga', action: 'changed who may ask', database: 'fleet' })
  access.setRules(id('fleet'), { people: [], groups: [], channels: [], guests: false, strangers: false })
  await submit('trust.new', 'root', { people: ['ann'] })
  expect(lastAudit()).toMatchObject({ personId: 'chat:root', action: 'changed who is trusted', detail: '1 trusted' })
  await desk.command('admin quota person 50', { personId: 'root' })
  expect(lastAudit()).toMatchObject({ action: 'changed a limit', detail: 'person: 50 a day' })
  await submit('add-term.new', 'olga', { database: [id('school')], term: ['drop-out'], meaning: ['status is left'] })
  expect(lastAudit()).toMatchObject({ action: 'defined a word', database: 'school', detail: 'drop-out' })
  await desk.command('glossary remove school drop-out', { personId: 'olga' })
  expect(lastAudit()).toMatchObject({ action: 'removed a definition', database: 'school', detail: 'drop-out' })
  expect(saidTo(await desk.command('admin', { personId: 'root' }))).toMatch(/root changed a limit \(person: 50 a day\)/)
})

describe('who asks what belongs to the installation', () => {
  const refusal = async (about: Parameters<TestDesk['ask']>[1]) =>
    wordsOf(asNotice((await desk.answer('How many ships are there?', about)).message))
  const whoeverRuns = /Ask whoever runs Rowbot for access: .*console, or by somebody whom ROWBOT_ADMINS names/

  test('is sent to whoever runs it, not to an administrator who cannot give it either', async () => {
    const { state } = desk.parts
    state.databases.update(id('fleet'), { ownerId: null })
    access().bind('chat:w:harbour', [id('fleet')])
    const place = { ...desk.place, channel: 'harbour' }
    for (const personId of ['ann', 'root']) expect(await refusal({ place, personId })).toMatch(whoeverRuns)
    expect(saidTo(await desk.command('access fleet', { personId: 'root' }))).toMatch(whoeverRuns)
  })

  test('does not learn from that whether it is there', async () => {
    for (const personId of ['ann', 'root']) {
      const [real, invented] = [
        await refusal({ personId, database: 'fleet' }),
        await refusal({ personId, database: 'gleet' }),
      ]
      expect(real.replace('fleet', '')).toBe(invented.replace('gleet', ''))
      expect(whoeverRuns.test(real)).toBe(personId === 'root')
    }
  })
})
