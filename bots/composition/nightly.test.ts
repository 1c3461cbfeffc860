import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { benchmarkLines, brokenInNight } from '#eval/nightly/last-night-lines.ts'
import type { PageMessage } from '../desk/chat-message.ts'
import {
  type Nights,
  openNights,
  keepingPlatform as platform,
  SCRIPTS,
  postText as text,
} from './testing/open-nights.ts'

let nights: Nights
let state: Nights['state']
let at: Nights['at']
let open: Nights['open']

beforeEach(() => {
  nights = openNights()
  ;({ state, at, open } = nights)
})
afterEach(() => nights.close())

describe('the nightly benchmark', () => {
  test('runs at its hour, is posted once in every channel, and compared with the night before', async () => {
    const slack = platform('slack')
    const discord = platform('discord')
    const nightly = open([slack, discord])
    await nightly.tick()
    expect(state.nights.list()).toEqual([])

    at('2026-11-28T02:30:10Z')
    await nightly.tick()
    await nightly.tick()
    expect(slack.posted.map(({ channel, stamp }) => [channel, stamp])).toEqual([['C1', 'night-2026-11-28']])
    expect(discord.posted.map(({ channel }) => channel)).toEqual(['D1'])
    const first = text(slack.posted[0]?.message as PageMessage)
    expect(first).toMatch(/spider-dev: 100\.0 \(95 % interval 61\.0 to 100\.0, n = 6\)\./)
    expect(first).toContain('Test-suite accuracy 100.0')
    expect(first).toMatch(/https:\/\/rowbot\.example\/#\/runs\/\d{8}-/)
    expect(slack.posted[0]?.message.mention).toBeUndefined()

    nights.say(SCRIPTS.WRONG)
    at('2026-11-29T02:31:00Z')
    await Promise.all([nightly.tick(), open([slack, discord]).tick()])
    expect(slack.posted).toHaveLength(2)
    const second = slack.posted[1]?.message as PageMessage
    expect(text(second)).toMatch(
      /0\.0 .*−100\.0 points since the last run: a significant drop \(p = 0\.031, 6 questions\)/,
    )
    expect(second.mention).toEqual(['U7'])
    expect(discord.posted[1]?.message.mention).toEqual(['99'])
    expect(second.buttons).toMatchObject([{ id: 'newly-broken.2026-11-29', label: '3 questions newly broken' }])
    expect(slack.files).toEqual(['trend-2026-11-29.png'])

    expect(benchmarkLines(state).join('\n')).toContain('a significant drop')
    const broken = { before: expect.stringContaining('SELECT'), gold: expect.stringContaining('SELECT') }
    expect(brokenInNight(state, '2026-11-29')).toMatchObject([broken, broken, broken])
    expect(brokenInNight(state, '2026-11-30')).toEqual([])
  })

  test('says why it failed, which nights were missed, and that a channel is gone', async () => {
    const slack = platform('slack', { failure: { kind: 'gone', what: 'channel', detail: 'channel_not_found' } })
    const discord = platform('discord')
    const nightly = open([slack, discord])
    at('2026-11-28T02:31:00Z')
    nights.say([{ when: /./, say: '', fail: new Error('the model is gone') }])
    await nightly.tick()
    const [failed] = discord.posted
    expect(text(failed?.message as PageMessage)).toMatch(/of 2026-11-28 failed\.[\s\S]*the model is gone/)
    expect(failed?.message.mention).toEqual(['99'])
    expect(state.nights.posts('2026-11-28')).toMatchObject([
      { channel: 'discord:G1/D1', status: 'sent' },
      { channel: 'slack:T1/C1', status: 'failed', message: expect.stringContaining('not there any more') },
    ])

    nights.say(SCRIPTS.RIGHT)
    at('2026-12-01T07:00:00Z')
    await nightly.tick()
    expect(state.nights.list().map(({ night, status }) => [night, status])).toEqual([
      ['2026-12-01', 'done'],
      ['2026-11-30', 'missed'],
      ['2026-11-29', 'missed'],
      ['2026-11-28', 'failed'],
    ])
    expect(text(discord.posted[1]?.message as PageMessage)).toContain('No run in the nights of 2026-11-29, 2026-11-30')
  })

  test('waits for a chat that is not connected yet, and says so when it never is', async () => {
    const slack = platform('slack')
    const discord = platform('discord')
    const connected = [slack]
    const nightly = open(connected)
    at('2026-11-28T02:30:10Z')
    await nightly.tick()
    expect(state.nights.posts('2026-11-28')).toMatchObject([{ channel: 'slack:T1/C1', status: 'sent' }])
    connected.push(discord)
    await nightly.tick()
    expect(discord.posted).toHaveLength(1)

    connected.pop()
    at('2026-11-29T02:30:10Z')
    await nightly.tick()
    at('2026-11-29T02:41:00Z')
    await nightly.tick()
    expect(state.nights.posts('2026-11-29')).toMatchObject([
      { channel: 'discord:G1/D1', status: 'failed', message: expect.stringContaining('not connected') },
      { channel: 'slack:T1/C1', status: 'sent' },
    ])
  })

  test('lets people go first, stops with the program, and goes on after the next start', async () => {
    const discord = platform('discord')
    const nightly = open([discord], { ROWBOT_NIGHTLY_CHANNELS: 'discord:G1/D1' })
    at('2026-11-28T02:30:10Z')
    state.nights.end('2020-01-01', 'done')
    state.questions.accept({ id: 'q', workspaceId: 'local', askerId: 'ann', databaseId: null, text: 'how many?' })
    const ticking = nightly.tick()
    while (state.evaluation.list().length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const [run] = state.evaluation.list()
    expect(state.evaluation.progress(run?.id ?? '').done).toBe(0)
    await nightly.close()
    await ticking
    expect(discord.posted).toEqual([])

    state.questions.fail('q', { code: 'x', message: 'x', advice: 'x' })
    const next = open([discord], { ROWBOT_NIGHTLY_CHANNELS: 'discord:G1/D1' })
    await next.tick()
    expect(state.evaluation.list().map(({ id, status }) => [id, status])).toEqual([[run?.id, 'finished']])
    expect(discord.posted).toHaveLength(1)
  })

  test('without an hour of its own posts what cron has run', async () => {
    const slack = platform('slack')
    const nightly = open([slack], { ROWBOT_NIGHTLY_AT: undefined, ROWBOT_NIGHTLY_CHANNELS: 'slack:T1/C1' })
    at('2026-11-28T02:31:00Z')
    await nightly.tick()
    expect(state.nights.list()).toEqual([])
    state.nights.claim('2026-11-28')
    state.nights.setFailure('2026-11-28', 'The model is gone.')
    state.nights.end('2026-11-28', 'failed')
    await nightly.tick()
    expect(slack.posted.map(({ message }) => text(message))).toEqual([expect.stringContaining('The model is gone.')])
  })
})
