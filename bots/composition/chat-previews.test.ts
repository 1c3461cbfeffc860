import { expect, test } from 'vitest'
import type { PreviewPart } from '../reply/preview.ts'
import type { Reply } from '../reply/reply.ts'
import { replyTo } from '../testing/reply-to.ts'
import { chatPreviews } from './chat-previews.ts'

const wordsOf = (parts: PreviewPart[]): string =>
  parts
    .map((part) => {
      if (part.kind === 'text') return part.text
      if (part.kind === 'table') return [part.columns, ...part.rows].flat().join(' ')
      if (part.kind === 'buttons') return part.labels.join(' ')
      return part.kind === 'chart' ? part.alt : wordsOf(part.parts)
    })
    .join('\n')

const hostile = '@everyone <!channel> *a* \\_b_ `c` <b>d</b>'

function withHeadline(reply: Reply, headline: string): Reply {
  return { ...reply, headline }
}

test.each(chatPreviews)(
  '$name shows what it would send: sentence, table, chart and buttons, as mere text',
  async ({ preview }) => {
    const reply = withHeadline(replyTo('Who are the eight best customers?'), hostile)
    const parts = await preview(reply, { locale: 'en-GB' })
    const words = wordsOf(parts)
    expect(words.split('\n')[0]).toBe(hostile)
    if (reply.kind !== 'answered' || !reply.chart || !reply.table) throw new Error('it has no chart')
    expect(parts).toContainEqual({ kind: 'chart', alt: reply.chart.alt })
    for (const cell of reply.table.rows[0] ?? []) expect(words).toContain(cell.text)
    expect(words).toContain(`${reply.database.name}. ${reply.dataAge}`)
    expect(parts.flatMap((part) => (part.kind === 'buttons' ? part.labels : []))).toEqual(
      expect.arrayContaining(['CSV', 'Edit SQL', '👍', '👎']),
    )
    expect(words).not.toMatch(/undefined|```/)
  },
)

test('why there is no answer is shown with what could be asked', async () => {
  const reply = replyTo('what is the weather')
  for (const { preview } of chatPreviews) {
    const words = wordsOf(await preview(reply, { locale: 'en-GB' }))
    expect(words).toContain(reply.headline)
    expect(words).toContain('Ask again')
  }
})
