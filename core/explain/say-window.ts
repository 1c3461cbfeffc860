import type { Call, Window } from '#databases/gate/query.ts'
import type { QueryScope } from '../sql/query-scope.ts'
import { orderWords } from './order-words.ts'
import { listed, type Voice } from './voice.ts'

const CUMULATIVE = new Set(['count', 'sum', 'total', 'avg', 'min', 'max', 'group_concat'])

/** A function over a window: "the position within each region, in the order of total, highest first". */
export function sayWindow(voice: Voice, call: Call, window: Window, words: string, scope: QueryScope): string {
  const groups = window.partitionBy.map((key) => voice.value(key, scope))
  const within = groups.length > 0 ? ` within each ${listed(groups)}` : ''
  const order = orderWords(voice, window.orderBy, scope, (key) => key)
  if (!CUMULATIVE.has(call.name)) return `${words}${within}${order ? `, in the order of ${order}` : ''}`
  if (voice.framed)
    return `${words}${within}, over a stretch of rows around each${order ? `, in the order of ${order}` : ''}`
  if (order) return `${words} so far${within}, in the order of ${order}`
  return within ? `${words}${within}` : `${words} over all rows`
}
