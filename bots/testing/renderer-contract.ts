import { describe, expect, test } from 'vitest'
import type { Answer, Rows, SqlValue } from '#core/answer.ts'
import type { Reply } from '../reply/reply.ts'
import { toReply } from '../reply/to-reply.ts'
import { hostileRows } from './shop-script.ts'

/** What a renderer made of a reply: the text that a person reads, and in words what it broke of its platform's rules. */
export type Rendered = {
  text: string
  /** Markup that took effect, mentions that would ping, escape sequences: anything that data made happen. */
  violations: string[]
  /** Length in the platform's own measure, where it has a limit. */
  length?: number
}

export type RendererUnderTest = {
  name: string
  render: (reply: Reply) => Promise<Rendered>
  maxLength?: number
  /** Columns that the platform shows at most; default: all. */
  maxColumns?: number
  /** Why the renderer cannot be tried here. */
  skip?: string | undefined
}

/** What every renderer of replies must do, whatever its platform; each front end runs this on its own. */
export function testRenderer({
  name,
  render,
  maxLength = Number.POSITIVE_INFINITY,
  maxColumns = 100,
  skip,
}: RendererUnderTest): void {
  async function check(reply: Reply): Promise<string> {
    const { text, violations, length = 0 } = await render(reply)
    expect(violations).toEqual([])
    expect(length).toBeLessThanOrEqual(maxLength)
    expect(text).not.toMatch(/undefined|\[object Object\]|NaN/)
    expect(flat(text)).toContain(flat(reply.headline))
    return flat(text)
  }

  describe.skipIf(skip !== undefined)(`${name} renders${skip ? ` (skipped: ${skip})` : ''}`, () => {
    test('a single value as a sentence, with how it was computed, the age of the data, notes and SQL', async () => {
      const reply = answered(['COUNT(*)'], [[1284]], { notes: ['Returned orders are included.'] })
      const text = await check(reply)
      for (const part of [
        '1,284',
        'Counts the orders',
        'last week: 9 to 15 Nov',
        'Data up to 14 Nov 2026',
        'Returned orders are included.',
      ]) {
        expect(text).toContain(part)
      }
      expect(text).toContain(flat('SELECT x FROM orders'))
    })

    test('a table with its headings and every cell', async () => {
      const text = await check(
        answered(
          ['name', 'city', 'total_revenue'],
          [
            ['Ada', 'Paris', 10],
            ['Grace', 'Rome', 2000],
            ['Edsger', 'Rome', 5],
          ],
        ),
      )
      for (const part of ['name', 'city', 'total revenue', 'Ada', 'Paris', 'Grace', '2,000', 'Edsger'])
        expect(text).toContain(part)
    })

    test('an empty result', async () => {
      expect(await check(answered(['name'], []))).toContain('There are no rows in orders.')
    })

    test('a single column', async () => {
      const text = await check(answered(['name'], [['Ada'], ['Grace']]))
      expect(text).toMatch(/name.*Ada.*Grace/s)
    })

    test('empty cells, so that those beside them stay in their columns', async () => {
      const text = await check(
        answered(
          ['a', 'b', 'c'],
          [
            [null, '', 'end'],
            ['x', null, 'y'],
          ],
        ),
      )
      expect(text).toContain('end')
    })

    test('forty columns: all of them, or the first and words for the rest', async () => {
      const columns = Array.from({ length: 40 }, (_, at) => `column${at}x`)
      const text = await check(answered(columns, [columns.map((_, at) => at), columns.map((_, at) => -at)]))
      expect(text).toContain('column0x')
      if (maxColumns >= 40) expect(text).toContain('column39x')
      else expect(text).toMatch(/of 40 columns/)
    })

    test('a long result, and says what was cut', async () => {
      const values = Array.from({ length: 2500 }, (_, at): SqlValue[] => [at, `row ${at}`])
      expect(await check(answered(['id', 'title'], values))).toMatch(/the first [\d,]+ of 2,500 rows/)
      expect(await check(answered(['id', 'title'], values, { truncated: true }))).toMatch(
        /the first [\d,]+ of more than 2,500 rows/,
      )
    })

    test('cells of enormous length, within its limits', async () => {
      expect(
        await check(
          answered(
            ['a', 'b'],
            [
              ['x'.repeat(100_000), 'y'],
              ['two', 'z'.repeat(5000)],
            ],
          ),
        ),
      ).toContain('shortened')
    })

    test('enormous SQL, within its limits', async () => {
      await check(answered(['n'], [[1]], { sql: `SELECT ${Array.from({ length: 5000 }, (_, at) => at).join(' + ')}` }))
    })

    test('cells that look like markup, mentions, formulas, escapes or reversed text as mere text', async () => {
      const text = await check(answered(hostileRows.columns, hostileRows.rows))
      for (const part of [
        '<b>id</b>',
        '<script>document.title="owned"</script>',
        '=HYPERLINK',
        '[link](javascript:alert(1))',
        'عربي',
        '🎉',
        '👩‍👩‍👧‍👦',
      ]) {
        expect(text).toContain(flat(part))
      }
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/)
    })

    test('hostile names, notes, questions and SQL as mere text', async () => {
      const hostile = '</pre></code><script>document.title="owned"</script>```@everyone <!channel> &lt;'
      const reply = answered(['n'], [[1]], {
        sql: `SELECT '${hostile}'`,
        notes: [hostile],
        database: hostile,
        question: hostile,
      })
      expect(await check(reply)).toContain(flat(hostile))
    })

    test('why there is no answer, and what could be asked instead', async () => {
      const text = await check(unanswered(['How many orders were there?', '<b>bold</b> question']))
      expect(text).toContain('How many orders were there?')
      expect(text).toContain('<b>bold</b> question')
    })

    test('every attempt with its SQL and what came of it', async () => {
      const failed = { kind: 'rejected', message: 'no such column: amout' } as const
      const text = await check(answered(['n'], [[1], [2]], { failed }))
      expect(text).toContain('no such column: amout')
    })
  })
}

const asker = { id: 'tester', locale: 'en-GB', timeZone: 'UTC', weekStart: 'monday' } as const

type Options = {
  notes?: string[]
  sql?: string
  truncated?: boolean
  database?: string
  question?: string
  failed?: { kind: 'rejected'; message: string }
}

/** A reply to a question with this result. Its id is a UUID, as every question's. */
function answered(columns: string[], rows: SqlValue[][], options: Options = {}): Reply {
  const { notes = [], sql = 'SELECT x FROM orders', truncated = false, database = 'shop', failed } = options
  const result: Rows = { kind: 'rows', columns, rows, truncated }
  const attempt = (outcome: Rows | NonNullable<typeof failed>) => ({
    candidate: { sql, origin: 'first' as const, logProb: null },
    outcome,
    notes: [],
    ms: 5,
  })
  const answer: Answer = {
    kind: 'answered',
    database: { id: 'shop', name: database, dataAsOf: '2026-11-14T12:00:00Z', latestDay: '2026-11-14' },
    sql,
    result,
    explanation: {
      summary: 'Counts the orders that were placed.',
      tables: ['orders'],
      filters: [],
      periods: [{ text: 'last week', start: '2026-11-09', end: '2026-11-16', label: 'last week: 9 to 15 Nov' }],
    },
    notes,
    confidence: null,
    trace: { ...trace(), attempts: [...(failed ? [attempt(failed)] : []), attempt(result)] },
  }
  return toReply(answer, { asker, question: options.question ?? 'what is there' })
}

function unanswered(suggestions: string[]): Reply {
  const message = 'I can’t answer that from this database, because it holds no weather.'
  return toReply(
    { kind: 'unanswered', reason: 'not-in-database', message, suggestions, trace: trace() },
    { asker, question: 'weather?' },
  )
}

function trace() {
  const questionId = crypto.randomUUID()
  return {
    questionId,
    promptVersion: 'test',
    model: 'scripted',
    tables: ['orders'],
    attempts: [],
    stageMs: { all: 12 },
  }
}

/** Without marks of direction and with single spaces, since platforms break lines as they like. */
function flat(text: string): string {
  return text
    .replace(/[\u200e\u200f\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
