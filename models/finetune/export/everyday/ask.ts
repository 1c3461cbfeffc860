import { quoteName } from '#core/sql/quote-name.ts'
import type { Measure, Spoken } from './facts/column-roles.ts'
import type { Thing } from './facts/read-facts.ts'
import type { Filter } from './filters.ts'
import type { Scene, SpokenPeriod } from './scene.ts'
import { column, writeSql } from './write-sql.ts'

export type Aggregate = { kind: 'count' } | { kind: 'sum' | 'avg' | 'max' | 'min'; measure: Measure }

/** A question for one figure of a thing, or one figure per group. */
export type Ask = { thing: Thing; what: Aggregate; filters: Filter[]; period?: SpokenPeriod | null; by?: Spoken }

/** The query that answers it. */
export function askSql({ thing, what, filters, period, by }: Ask): string {
  const group = by && bare(thing, by.column.name, period)
  return writeSql({
    select: [...(group ? [group] : []), aggregateSql(what, thing, period)].join(', '),
    from: quoteName(thing.table.name),
    where: conditionsOf(thing, filters, period),
    group,
  })
}

/** What is computed, over all rows of a group. */
export function aggregateSql(what: Aggregate, thing: Thing, period?: SpokenPeriod | null): string {
  return what.kind === 'count' ? 'count(*)' : `${what.kind}(${bare(thing, what.measure.column.name, period)})`
}

/** Conditions of one table: periods as they are hinted, the rest in the shortest form unless there is a period. */
export function conditionsOf(thing: Thing, filters: Filter[], period?: SpokenPeriod | null): string[] {
  const table = `${quoteName(thing.table.name)}.`
  const short = (condition: string) => (condition.startsWith(table) ? condition.slice(table.length) : condition)
  const own = filters.map(({ condition }) => (period?.hinted ? condition : short(condition)))
  return [...own, ...(period ? [period.hinted ? period.condition : short(period.condition)] : [])]
}

/** A column of a query over one table: with its table only beside a hinted period, which has it. */
export function bare(thing: Thing, name: string, period?: SpokenPeriod | null): string {
  return period?.hinted ? column(thing.table, { name }) : quoteName(name)
}

/** "paid orders in Berlin last week": the thing with everything that narrows it. */
export function narrowed({ thing, filters, period }: Pick<Ask, 'thing' | 'filters' | 'period'>): string {
  const before = filters.map((filter) => filter.before).filter(Boolean)
  const after = filters.map((filter) => filter.after).filter(Boolean)
  return [...before, thing.many, ...after, period?.said ?? ''].filter(Boolean).join(' ')
}

/** Parts that must reach the reader as they are. */
export function spokenParts({ filters, period }: Pick<Ask, 'filters' | 'period'>): {
  verbatim: string[]
  periods: string[]
} {
  return {
    verbatim: [...filters.map(({ said }) => said), ...(period ? [period.said] : [])],
    periods: period?.hinted ? [period.condition] : [],
  }
}

/** A count, or a sum, average or extreme of a measure. */
export function drawAggregate(
  { draws }: Scene,
  thing: Thing,
  kinds: Aggregate['kind'][] = ['count', 'sum', 'avg', 'max', 'min'],
): Aggregate {
  const kind = draws.pick(kinds)
  const suited = thing.measures.filter((measure) => kind !== 'sum' || measure.adds)
  return kind === 'count' || suited.length === 0 ? { kind: 'count' } : { kind, measure: draws.pick(suited) }
}

/** "number of", "total", "average …": an aggregate as the head of a noun phrase. */
export function headOf({ draws }: Scene, what: Aggregate): string {
  if (what.kind === 'count') return 'number of'
  const words = {
    sum: ['total', 'total', 'sum of'],
    avg: ['average', 'average', 'mean'],
    max: ['highest', 'maximum', 'largest'],
    min: ['lowest', 'minimum', 'smallest'],
  }
  return `${draws.pick(words[what.kind])} ${what.measure.name}`
}

/** The same with the thing that it is of: "number of orders", "average price of products". */
export function phraseOf(scene: Scene, ask: Ask): string {
  const head = headOf(scene, ask.what)
  return ask.what.kind === 'count' ? `${head} ${narrowed(ask)}` : `${head} of ${narrowed(ask)}`
}
