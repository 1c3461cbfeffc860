import { quoteName } from '#core/sql/quote-name.ts'
import { aggregateSql, conditionsOf, drawAggregate, headOf, spokenParts } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { drawPeriod, pickThing } from '../scene.ts'
import { column, writeSql } from '../write-sql.ts'

/** "orders per month last year" */
export const perPeriod: EverydayFamily = {
  name: 'per-period',
  draft(scene) {
    const { draws } = scene
    const thing = pickThing(scene, ({ dates }) => dates.length > 0)
    if (!thing) return null
    const date = draws.pick(thing.dates)
    const unit =
      date.dateFormat === 'year' ? 'year' : draws.pick(['month', 'month', 'month', 'year', 'day', 'weekday'] as const)
    const drawn =
      date.dateFormat !== 'year' && draws.chance(0.5) ? drawPeriod(scene, { ...thing, dates: [date] }) : null
    const period = drawn?.hinted && LONG_ENOUGH[unit].test(drawn.said) ? drawn : null
    const what = drawAggregate(scene, thing, ['count', 'count', 'sum', 'avg'])
    const group = groupSql(column(thing.table, date), quoteName(date.name), date.dateFormat ?? 'date', unit)
    const head = headOf(scene, what)
    return {
      text: scene.say(wordings(what.kind === 'count' ? COUNTS : MEASURES, unit), {
        things: thing.many,
        head,
        unit,
        adverb: ADVERBS[unit] ?? '',
        period: period?.said ?? '',
      }),
      sql: writeSql({
        select: `${group}, ${aggregateSql(what, thing, period)}`,
        from: quoteName(thing.table.name),
        where: conditionsOf(thing, [], period),
        group,
      }),
      ...spokenParts({ filters: [], period }),
    }
  },
}

/** Periods in which a unit goes more than once. */
const LONG_ENOUGH = {
  weekday: /./,
  day: /month|week|days|[A-Z][a-z]+ \d{4}$/,
  month: /year|\d{4}$|quarter|half|since|between|months/,
  year: /since|before|after|years/,
}
const UNITS = { day: '%Y-%m-%d', month: '%Y-%m', year: '%Y', weekday: '%w' }
const ADVERBS: Partial<Record<keyof typeof UNITS, string>> = { day: 'daily', month: 'monthly', year: 'yearly' }

/** No adverb says "by weekday". */
function wordings({ train, test }: typeof COUNTS, unit: keyof typeof UNITS): typeof COUNTS {
  const fits = (text: string) => unit in ADVERBS || !text.includes('{adverb}')
  return { train: train.filter(fits), test: test.filter(fits) }
}

/** How a date is cut to a unit; as the hint for it says. */
function groupSql(full: string, bare: string, format: string, unit: keyof typeof UNITS): string {
  if (format === 'year') return bare
  const epoch = { 'epoch-seconds': ", 'unixepoch'", 'epoch-milliseconds': " / 1000, 'unixepoch'" }[format] ?? ''
  return `strftime('${UNITS[unit]}', ${full}${epoch})`
}

const COUNTS = {
  train: [
    'How many {things} were there per {unit} {period}?',
    'Number of {things} per {unit} {period}',
    '{things} per {unit} {period}',
    'How many {things} by {unit} {period}?',
    '{things} by {unit} {period}',
    'Count of {things} for each {unit} {period}',
    '{adverb} {things} {period}',
    'Show the {things} per {unit} {period}',
  ],
  test: [
    'How did the number of {things} develop by {unit} {period}?',
    'Break down the number of {things} per {unit} {period}',
    'How many {things} did we get every {unit} {period}?',
  ],
}
const MEASURES = {
  train: [
    'What was the {head} of {things} per {unit} {period}?',
    '{head} of {things} per {unit} {period}',
    '{head} by {unit} {period} of the {things}',
    'Show the {head} of {things} for each {unit} {period}',
    '{adverb} {head} of {things} {period}',
  ],
  test: [
    'Give me the {head} of our {things} broken down by {unit} {period}',
    'How did the {head} of {things} develop per {unit} {period}?',
  ],
}
