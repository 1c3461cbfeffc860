import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findSpecification } from '../find-specification.ts'
import { addChannel, addUser, type SlackChannel } from './slack-world.ts'
import { type FakeSlack, startFakeSlack } from './start-fake-slack.ts'

let slack: FakeSlack
let sales: SlackChannel

beforeAll(async () => {
  slack = await startFakeSlack({ scopes: ['chat:write', 'files:write'] })
  const ana = addUser(slack.workspace, 'Ana')
  sales = addChannel(slack.workspace, 'sales', { members: [ana.id, slack.workspace.bot.userId] })
})

afterAll(() => slack.close())

/** The error that a call is answered with; null where it is fine. */
async function call(method: string, given: Record<string, unknown>, token = slack.workspace.bot.token) {
  const texts = Object.entries(given).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  const headers = { authorization: `Bearer ${token}` }
  const body = new URLSearchParams(Object.fromEntries(texts))
  const response = await fetch(`${slack.apiUrl}${method}`, { method: 'POST', headers, body })
  const { ok, error } = (await response.json()) as { ok: boolean; error?: string }
  return ok ? null : error
}

const post = (about: Record<string, unknown>, token?: string) =>
  call('chat.postMessage', { channel: sales.id, text: 'x', ...about }, token)

describe('the fake Slack refuses what Slack refuses', () => {
  const cell = { type: 'raw_text', text: 'x' }
  test.each([
    ['an unknown kind of block', [{ type: 'sparkle' }]],
    ['a property that a block does not have', [{ type: 'divider', colour: 'red' }]],
    ['a section that is too long', [{ type: 'section', text: { type: 'plain_text', text: 'x'.repeat(3001) } }]],
    ['an empty cell', [{ type: 'data_table', caption: 'c', rows: [[cell], [{ type: 'raw_text', text: '' }]] }]],
    ['rows of different width', [{ type: 'data_table', caption: 'c', rows: [[cell], [cell, cell]] }]],
    ['a table without rows', [{ type: 'data_table', caption: 'c', rows: [[cell]] }]],
    ['a picture that was never uploaded', [{ type: 'image', alt_text: 'a', slack_file: { id: 'F0000000000' } }]],
    [
      'two blocks with one id',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
    ],
    ['too many blocks', Array.from({ length: 51 }, () => ({ type: 'divider' }))],
    [
      'a modal’s field in a message',
      [{ type: 'input', label: { type: 'plain_text', text: 'l' }, element: { type: 'file_input' } }],
    ],
  ])('%s', async (_what, blocks) => {
    expect(await post({ blocks })).toBe('invalid_blocks')
  })

  test('messages without text, too long ones, unknown channels, threads and tokens, missing scopes', async () => {
    expect(await post({ text: '' })).toBe('no_text')
    const section = { type: 'section', text: { type: 'plain_text', text: 'x'.repeat(2900) } }
    expect(await post({ blocks: Array.from({ length: 5 }, () => section) })).toBe('msg_blocks_too_long')
    expect(await post({ channel: 'C0NOWHERE00' })).toBe('channel_not_found')
    expect(await post({ thread_ts: '1.1' })).toBe('thread_not_found')
    expect(await post({}, 'xoxb-wrong')).toBe('invalid_auth')
    expect(await call('users.info', { user: 'U1' })).toBe('missing_scope')
    expect(await call('chat.postMesage', {})).toBe('unknown_method')
    const view = { type: 'modal', title: { type: 'plain_text', text: 't' }, blocks: [] }
    expect(await call('views.open', { trigger_id: 'made up', view })).toBe('invalid_trigger_id')
  })

  test.skipIf(findSpecification('slack_web_api.openapi2.json') === null)(
    'parameters that Slack’s specification does not have (skipped where that file is not there)',
    async () => {
      expect(await post({ colour: 'red' })).toBe('invalid_arguments')
      expect(await post({ unfurl_links: 'perhaps' })).toBe('invalid_arguments')
      expect(await call('chat.update', { channel: sales.id, text: 'x' })).toBe('invalid_arguments')
      expect(await post({})).toBeNull()
    },
  )
})
