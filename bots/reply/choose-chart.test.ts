import { expect, test } from 'vitest'
import type { SqlValue } from '#core/answer.ts'
import { chooseChart } from './choose-chart.ts'
import type { ChartKind } from './reply.ts'

function choose(
  columns: string[],
  values: SqlValue[][],
  { asked = null, truncated = false }: { asked?: ChartKind | null; truncated?: boolean } = {},
) {
  const text = (value: SqlValue) => (typeof value === 'number' ? value.toLocaleString('en') : String(value))
  return chooseChart({ rows: { kind: 'rows', columns, rows: values, truncated }, asked, locale: 'en', text })
}

const months = ['2026-03', '2026-01', '2026-02'].map((month, at): SqlValue[] => [month, [1200, 30, 20][at] ?? 0])

test('a number over time is a line, in the order of time, and its highest point is named', () => {
  const chart = choose(['month', 'count(*)'], months)
  expect(chart).toMatchObject({
    kind: 'line',
    kinds: ['line', 'bar'],
    x: { type: 'time', unit: 'month' },
    y: { name: 'count' },
  })
  expect(chart?.points.map(({ x }) => x.slice(0, 7))).toEqual(['2026-01', '2026-02', '2026-03'])
  expect(chart?.peak).toBe('Highest count: 1,200 in Mar 2026')
  expect(chart?.alt).toBe(
    'Line chart of count by month, Jan 2026 to Mar 2026. Highest: Mar 2026 with 1,200. Lowest: Feb 2026 with 20.',
  )
})

test('dates, times and years are time as well; a number is a year only where its column says so', () => {
  const dates: SqlValue[][] = [
    ['2026-01-01', 1],
    ['2026-01-02', 2],
    ['2026-01-03', 1],
  ]
  expect(choose(['day', 'n'], dates)?.x).toMatchObject({ type: 'time', unit: 'day' })
  expect(
    choose(
      ['at', 'n'],
      [
        ['2026-01-01 10:00', 1],
        ['2026-01-01 11:00', 2],
        ['2026-01-01T12:00:00Z', 1],
      ],
    )?.x,
  ).toMatchObject({ unit: 'time' })
  expect(
    choose(
      ['year', 'n'],
      [
        [2024, 1],
        [2025, 2],
        [2026, 1],
      ],
    )?.x,
  ).toMatchObject({ unit: 'year' })
  expect(
    choose(
      ['pages', 'n'],
      [
        [2024, 1],
        [2025, 2],
        [2026, 1],
      ],
    ),
  ).toBeNull()
})

test('a number per category is bars in the order of the rows; a ranking names its first', () => {
  const chart = choose(
    ['country', 'SUM(total)'],
    [
      ['France', 300],
      ['Spain', 200],
      [null, 100],
    ],
  )
  expect(chart).toMatchObject({ kind: 'bar', x: { type: 'category' }, y: { name: 'total' }, title: 'total by country' })
  expect(chart?.points.map(({ x }) => x)).toEqual(['France', 'Spain', '(empty)'])
  expect(chart?.peak).toBe('Highest total: France, 300')
  expect(
    choose(
      ['country', 'n'],
      [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ],
    )?.peak,
  ).toBe('Lowest n: a, 1')
  expect(
    choose(
      ['country', 'n'],
      [
        ['a', 2],
        ['b', 1],
        ['c', 3],
      ],
    )?.peak,
  ).toBe('N by country. a: 2, b: 1, c: 3')
  expect(
    choose(
      ['country', 'n'],
      [
        ['a', 3],
        ['b', 3],
        ['c', 1],
        ['d', 2],
      ],
    )?.peak,
  ).toBe('N by country. Highest: a and 1 more with 3. Lowest: c with 1')
})

test('time, category and number is a line per category', () => {
  const values = [2024, 2025, 2026].flatMap((year) => ['N', 'S'].map((region): SqlValue[] => [year, region, year % 7]))
  const chart = choose(['year', 'region', 'revenue'], values)
  expect(chart).toMatchObject({ kind: 'line', kinds: ['line'], peak: null })
  expect(new Set(chart?.points.map(({ series }) => series))).toEqual(new Set(['N', 'S']))
})

test('first and last names are one label', () => {
  const chart = choose(
    ['first_name', 'last_name', 'n'],
    [
      ['Ada', 'Byron', 2],
      ['Ada', 'Stone', 1],
    ],
  )
  expect(chart?.points.map(({ x }) => x)).toEqual(['Ada Byron', 'Ada Stone'])
})

test.each<[string, string[], SqlValue[][]]>([
  ['a single value', ['n'], [[1]]],
  ['a single row', ['country', 'n'], [['France', 1]]],
  [
    'names only',
    ['name', 'city'],
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'ids beside names',
    ['id', 'name'],
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'two measures',
    ['country', 'n', 'revenue'],
    [
      ['a', 1, 2],
      ['b', 3, 4],
    ],
  ],
  [
    'the same category twice',
    ['country', 'n'],
    [
      ['a', 1],
      ['a', 2],
    ],
  ],
  [
    'the same moment twice',
    ['day', 'n'],
    [
      ['2026-01-01', 1],
      ['2026-01-01', 2],
      ['2026-01-02', 3],
      ['2026-01-03', 3],
    ],
  ],
  [
    'bytes',
    ['name', 'picture'],
    [
      ['a', new Uint8Array(2)],
      ['b', new Uint8Array(3)],
    ],
  ],
  [
    'mixed values',
    ['name', 'x'],
    [
      ['a', 1],
      ['b', 'two'],
    ],
  ],
  [
    'no values',
    ['name', 'x'],
    [
      ['a', null],
      ['b', null],
    ],
  ],
  ['more categories than anyone reads', ['name', 'x'], Array.from({ length: 26 }, (_, at) => [`n${at}`, at])],
])('%s is no chart', (_, columns, values) => {
  expect(choose(columns, values)).toBeNull()
})

test('half a result is no chart', () => {
  expect(choose(['month', 'n'], months, { truncated: true })).toBeNull()
})

test('asking changes the kind, allows more bars and picks the last measure', () => {
  expect(choose(['month', 'n'], months, { asked: 'bar' })?.kind).toBe('bar')
  expect(
    choose(
      ['name', 'x'],
      Array.from({ length: 26 }, (_, at) => [`n${at}`, at]),
      { asked: 'bar' },
    )?.points,
  ).toHaveLength(26)
  expect(
    choose(
      ['country', 'n', 'revenue'],
      [
        ['a', 1, 2],
        ['b', 3, 4],
      ],
      { asked: 'bar' },
    )?.y.name,
  ).toBe('revenue')
  expect(
    choose(
      ['country', 'n'],
      [
        ['a', 1],
        ['b', 2],
      ],
      { asked: 'line' },
    )?.kind,
  ).toBe('bar')
})

test('integers beyond doubles do not break it', () => {
  expect(
    choose(
      ['name', 'x'],
      [
        ['a', 2n ** 62n],
        ['b', 1n],
      ],
    )?.points[0]?.y,
  ).toBe(2 ** 62)
})
