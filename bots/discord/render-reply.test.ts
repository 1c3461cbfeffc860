import { ComponentType } from 'discord.js'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import type { PageMessage } from '../desk/chat-message.ts'
import type { Reply, ReplyTable } from '../reply/reply.ts'
import { readMarkdown } from '../testing/fake-discord/read-markdown.ts'
import { testRenderer } from '../testing/renderer-contract.ts'
import { escapeText } from './escape-text.ts'
import { type MessageBody, textLength } from './message-body.ts'
import { renderPage } from './render-page.ts'
import { renderReply } from './render-reply.ts'
import { renderTable } from './render-table.ts'

testRenderer({
  name: 'Discord',
  maxColumns: 39,
  maxLength: 4000,
  async render(reply) {
    const bodies = [await renderReply(reply, { locale: 'en-GB' }), renderPage(explained(reply))]
    const read = bodies.flatMap(texts).map(readMarkdown)
    const files = bodies
      .flatMap(({ files }) => files)
      .map(({ name, attachment }) => (name.endsWith('.txt') ? attachment.toString() : ''))
    return {
      text: [...read.map(({ text }) => text), ...files].join('\n'),
      // Headings, lists of suggestions and names of sections are ours.
      violations: read.flatMap(({ active }) => active).filter((what) => !/^(?:list|heading|bold): /.test(what)),
      length: Math.max(...bodies.map(({ components }) => textLength(components))),
    }
  },
})

function explained(reply: Reply): PageMessage {
  const sections = reply.attempts.map(({ label, outcome, sql, notes }) => ({
    heading: label,
    lines: [outcome, ...notes],
    code: sql,
    buttons: [],
  }))
  return { kind: 'page', title: reply.question, sections, buttons: [] }
}

function texts({ components }: MessageBody): string[] {
  return components.flatMap((part) => (part.type === ComponentType.TextDisplay ? [part.content] : []))
}

test.each([
  '**bold** __under__ ~~out~~ ||spoiler|| *i* _i_',
  '# heading\n> quote\n- item\n1. item\n-# small',
  '<@123456789012345678> <#1> <@&1> @everyone @here <t:1:R> <:a:1> :tada:',
  'https://example.com [link](https://example.com)',
  '```\ncode``` `code` \\*not escaped\\*',
  '  - item\n   12. item',
])('%j is mere text once it is escaped', (text) => {
  const { text: shown, active } = readMarkdown(escapeText(text))
  expect(active).toEqual([])
  expect(shown).toBe(text)
  expect(readMarkdown(text).active).not.toEqual([])
})

test('columns stay aligned, and nothing in a cell ends the block or turns the line', () => {
  const rows = [
    ['東京', '``` ````` `', '1'],
    ['عربي', '👩‍👩‍👧‍👦', '1,000'],
    ['', '', '20'],
  ]
  const text = renderTable(table(['city', 'mark', 'orders'], rows), { locale: 'en-GB', room: 4000 }) ?? ''
  expect(text.match(/```/g)).toHaveLength(2)
  expect(text).toContain('\u2068عربي\u2069')
  const lines = text.split('\n').slice(1, 6)
  expect(lines.map((line) => stringWidth(line))).toEqual(Array(5).fill(stringWidth(lines[1] ?? '')))
})

test('a table takes no more room than it is given, and says what is missing', () => {
  const rows = Array.from({ length: 100 }, (_, at) => ['x'.repeat(100), `${'z̀̀̀̀̀̀'.repeat(30)}${at}`])
  for (const room of [4000, 1000, 500]) {
    const text = renderTable(table(['a', 'b'], rows), { locale: 'en-GB', room }) ?? ''
    expect(text.length).toBeLessThanOrEqual(room)
    expect(text).toMatch(/the first \d+ of 100 rows/)
  }
  expect(renderTable(table(['a', 'b'], rows), { locale: 'en-GB', room: 50 })).toBeNull()
})

function table(names: string[], rows: string[][]): ReplyTable {
  return {
    caption: 'Test',
    columns: names.map((name, at) => ({ name, align: at === names.length - 1 ? 'right' : 'left' })),
    rows: rows.map((row) => row.map((text) => ({ text, sort: text }))),
    rowCount: rows.length,
    columnCount: names.length,
    hasMore: false,
    cut: null,
  }
}
