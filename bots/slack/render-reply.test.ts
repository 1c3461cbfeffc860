import { expect, test } from 'vitest'
import type { ChatButton, ChatMessage } from '../desk/chat-message.ts'
import type { Reply } from '../reply/reply.ts'
import { checkBlocks } from '../testing/fake-slack/check-blocks.ts'
import { effectsOf, showMessage } from '../testing/fake-slack/show-message.ts'
import { createWorkspace, type SlackBlock, type SlackMessage } from '../testing/fake-slack/slack-world.ts'
import { testRenderer } from '../testing/renderer-contract.ts'
import { replyTo } from '../testing/reply-to.ts'
import { renderMessage } from './render-message.ts'

const workspace = createWorkspace({ name: 'Acme', scopes: [] })

const buttons: ChatButton[] = (['thumb-up', 'thumb-down', 'edit-sql', 'csv', 'explain'] as const).map((name) => ({
  name,
  id: name,
  label: name,
  style: 'plain',
  opensForm: false,
}))

function shown(reply: Reply): SlackMessage {
  const { text, blocks } = renderMessage({ kind: 'reply', reply, lead: [], plain: false, buttons }, { locale: 'en-GB' })
  const checked = checkBlocks(JSON.parse(JSON.stringify(blocks)), workspace)
  return messageOf(text, checked)
}

function messageOf(text: string, blocks: SlackBlock[]): SlackMessage {
  const nothing = { thread: undefined, files: [], metadata: undefined, onlyFor: undefined, edits: 0 }
  return { ts: '1.1', user: workspace.bot.userId, text, blocks, ...nothing }
}

testRenderer({
  name: 'Slack',
  maxColumns: 20,
  async render(reply) {
    const message = shown(reply)
    return { text: showMessage(message), violations: effectsOf(message), length: message.text.length }
  },
  maxLength: 4000,
})

const table: Reply = {
  kind: 'answered',
  questionId: 'q1',
  question: 'what?',
  headline: 'Here <!channel> are & more',
  notes: [],
  attempts: [],
  actions: [],
  model: 'scripted',
  ms: 5,
  database: { id: 'shop', name: 'shop' },
  dataAge: 'Data up to today',
  sql: 'SELECT 1',
  table: {
    caption: 'Numbers',
    columns: [
      { name: 'n', align: 'right' },
      { name: 'text', align: 'left' },
    ],
    rows: Array.from({ length: 300 }, (_, at) => [
      { text: at === 1 ? '' : String(at), sort: at === 1 ? null : at },
      { text: '👩‍👩‍👧‍👦'.repeat(40), sort: 'x' },
    ]),
    rowCount: 300,
    columnCount: 2,
    hasMore: false,
    cut: null,
  },
  chart: null,
  explanation: { summary: 'Counts.', tables: [], filters: [], periods: [] },
}

test('numbers are sent as numbers, so that Slack sorts them, and an empty cell as a dash', () => {
  const rows = shown(table).blocks.find(({ type }) => type === 'data_table')?.rows ?? []
  expect(rows[1]?.[0]).toEqual({ type: 'raw_number', text: '0', value: 0 })
  expect(rows[2]?.[0]).toEqual({ type: 'raw_text', text: '–' })
})

test('emoji of many units do not make the table larger than Slack takes', () => {
  expect(showMessage(shown(table))).toMatch(/the first \d+ of 300 rows/)
})

test('plain text is escaped and short enough for an update, whatever is in it', () => {
  const long = { ...table, headline: '<&>'.repeat(5000) }
  const { text, blocks } = renderMessage(
    { kind: 'reply', reply: long, lead: ['Shared by <!here>'], plain: true, buttons },
    { locale: 'en-GB' },
  )
  expect(blocks).toEqual([])
  expect(text.length).toBeLessThanOrEqual(4000)
  expect(text).toMatch(/^Shared by &lt;!here&gt;/)
  expect(effectsOf(messageOf(text, []))).toEqual([])
})

test('the thumbs are Slack’s own pair, and what explains stands collapsed instead of behind a button', () => {
  const { blocks } = shown(table)
  expect(blocks.find(({ type }) => type === 'container')).toMatchObject({
    title: { text: 'How I got this' },
    default_collapsed: true,
  })
  expect(blocks.find(({ type }) => type === 'context_actions')?.elements).toMatchObject([{ type: 'feedback_buttons' }])
  const row = blocks.find(({ type }) => type === 'actions')?.elements?.map(({ value }) => value)
  expect(row).toEqual(['edit-sql', 'csv'])
})

test('a suggestion that stands on a button is not listed as well, one that is too long for it is', () => {
  const suggestions = ['How many orders?', 'How many orders '.repeat(8)]
  const unanswered: Reply = { ...replyTo('weather'), kind: 'unanswered', reason: 'not-in-database', suggestions }
  const offered = suggestions.map(
    (label, at) => ({ ...buttons[0], name: 'ask-this', id: `ask-${at}`, label }) as ChatButton,
  )
  const message: ChatMessage = { kind: 'reply', reply: unanswered, lead: [], plain: false, buttons: offered }
  const { text, blocks } = renderMessage(message, { locale: 'en-GB' })
  const listed = showMessage(messageOf(text, blocks.filter(({ type }) => type === 'rich_text') as SlackBlock[]))
  expect(listed).toContain('How many orders How many orders')
  expect(listed).not.toContain('How many orders?')
})
