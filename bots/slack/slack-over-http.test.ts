import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ChatMessage } from '../desk/chat-message.ts'
import type { Destination } from '../desk/chat-platform.ts'
import { signedRequest } from '../testing/fake-slack/http-delivery.ts'
import { addUser, directChannel, type Workspace } from '../testing/fake-slack/slack-world.ts'
import { type OpenSlack, openSlack } from '../testing/open-slack.ts'

let open: OpenSlack

beforeEach(async () => {
  const oauth = { clientId: '1.2', clientSecret: 'fake-client-secret', stateSecret: 'a secret that signs the state' }
  open = await openSlack({ settings: { appToken: null, signingSecret: 'fake-signing-secret', ...oauth } })
})

afterEach(() => open.close())

const address = (path: string) => `http://127.0.0.1:${open.port}${path}`

describe('Slack over HTTP', () => {
  test('asks, presses and forms arrive as by sockets', async () => {
    const { people, workspace } = open.slack
    const { isAcknowledged, tookMs } = await people.command(open.at(), '/sql', 'how many?')
    expect(isAcknowledged).toBe(true)
    expect(tookMs).toBeLessThan(1000)
    await people.say(open.at(), `<@${workspace.bot.userId}> how many?`)
    expect(open.desk.heard.questions).toHaveLength(2)
  })

  test('forged, replayed and unsigned requests are refused', async () => {
    const { people, signingSecret } = open.slack
    await people.say(open.direct(), 'how many?')
    const [envelope] = people.sent
    if (!envelope) throw new Error('nothing was sent')
    const send = (request: { body: string; headers: Record<string, string> }) =>
      fetch(address('/slack/events'), { method: 'POST', ...request }).then(({ status }) => status)
    const tenMinutesAgo = Date.now() - 10 * 60_000
    const fine = signedRequest(envelope, signingSecret)
    expect(await send(signedRequest(envelope, 'another secret'))).toBe(401)
    expect(await send(signedRequest(envelope, signingSecret, tenMinutesAgo))).toBe(401)
    expect(open.logged.filter(({ about }) => /clock of this machine/.test(String(about.advice)))).toHaveLength(1)
    expect(await send({ ...fine, body: fine.body.replace('how many', 'how much') })).toBe(401)
    expect(await send({ body: fine.body, headers: { 'content-type': 'application/json' } })).toBe(401)
    expect(open.desk.heard.questions).toHaveLength(1)
    expect(await send(fine)).toBe(200)
    expect(open.desk.heard.questions).toHaveLength(1)
  })
})

describe('several workspaces', () => {
  async function install(workspace: Workspace, tamper: (state: string) => string = (state) => state) {
    const asked = await fetch(address('/slack/install'), { redirect: 'manual' })
    const state = new URL(asked.headers.get('location') ?? '').searchParams.get('state') ?? ''
    const cookie = (asked.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const query = new URLSearchParams({ code: workspace.id, state: tamper(state) })
    return fetch(address(`/slack/oauth_redirect?${query}`), { headers: { cookie }, redirect: 'manual' })
  }

  test('a workspace that installs the app is answered with its own token, until it removes the app', async () => {
    const { people } = open.slack
    const other = open.slack.addWorkspace('Other')
    const cleo = addUser(other, 'Cleo')
    const at = { workspace: other, user: cleo, channel: directChannel(other, cleo.id) }
    await people.say(at, 'how many?')
    expect(open.desk.heard.questions).toEqual([])
    expect((await install(other)).status).toBe(200)
    await people.say(at, 'how many?')
    expect(open.desk.heard.questions).toMatchObject([{ place: { workspace: other.id } }])
    const place = open.desk.heard.questions[0]?.place
    if (!place) throw new Error('nothing was asked')
    const to: Destination = { place, onlyFor: null, replyTo: null, handle: null }
    const message: ChatMessage = { kind: 'progress', text: 'Reading', buttons: [] }
    expect(await open.desk.platform().post(to, message, 's')).toMatchObject({ ok: true })
    await people.event(other, { type: 'tokens_revoked', tokens: { bot: [other.bot.userId] } })
    expect(open.desk.kept.size).toBe(0)
    expect(await open.desk.platform().post(to, message, 's')).toMatchObject({
      failure: { kind: 'unauthorised' },
    })
    await install(other)
    await people.event(other, { type: 'app_uninstalled' })
    expect(open.desk.kept.size).toBe(0)
  })

  test('an installation whose state was tampered with is refused', async () => {
    const other = open.slack.addWorkspace('Other')
    const response = await install(other, (state) => `${state}x`)
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(open.desk.kept.size).toBe(0)
  })
})
