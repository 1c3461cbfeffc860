import { longest, readPeriod } from './read-period.ts'
import { type Context, matchAt, phrase, type Reading, skipSpace } from './rule.ts'
import { type Span, shift, tomorrow } from './span.ts'

/** One period, with the words that name it. */
export type Named = { span: Span; start: number; end: number }

/**
 * The longest "since …", "before …", "between … and …", "… to …" that begins exactly at an offset; two periods where
 * the words compare them ("the difference between May and June").
 */
export function readRange(text: string, at: number, context: Context): Named[] | null {
  const sides = SIDES.map((side) => readSide(side, text, at, context))
  const single = longest([...sides, readOnwards(text, at, context)])
  const double = readBetween(text, at, context)
  if (double && (double.at(-1)?.end ?? 0) >= (single?.end ?? 0)) return double
  return single && [{ ...single, start: at }]
}

type Side = {
  pattern: RegExp
  limit: (named: Span, context: Context) => Span | null
  refuses: (named: Span) => boolean
}

const isTimeOfAnyDay = ({ point }: Span) => point === 'time'

const SIDES: Side[] = [
  {
    pattern: phrase('(?:ever )?since|as of|starting(?: from| on| in| with)?'),
    limit: since,
    refuses: () => false,
  },
  {
    pattern: phrase('after|later than'),
    limit: ({ end }) => end && { start: end, end: null },
    refuses: isTimeOfAnyDay,
  },
  {
    pattern: phrase('before|prior to|earlier than'),
    limit: ({ start }) => start && { start: null, end: start },
    refuses: isTimeOfAnyDay,
  },
  {
    pattern: phrase('until|till|through|up until|no later than|up to and including'),
    limit: upTo,
    refuses: isTimeOfAnyDay,
  },
  {
    pattern: phrase('(?:on|in) or after'),
    limit: ({ start }) => start && { start, end: null },
    refuses: isTimeOfAnyDay,
  },
  { pattern: phrase('(?:on|in) or before'), limit: upTo, refuses: isTimeOfAnyDay },
  // "up to 2024" and "by May" are rather amounts and people.
  { pattern: phrase('up to|by'), limit: upTo, refuses: ({ weak, point }) => weak !== undefined || point === 'time' },
]

/** From its first moment up to today; a start that lies ahead leaves the end open. */
function since({ start, weak }: Span, context: Context): Span | null {
  if (!start) return null
  return { start, end: start < tomorrow(context) ? tomorrow(context) : null, weak: weak === 'year' ? weak : undefined }
}

function upTo({ end }: Span): Span | null {
  return end && { start: null, end }
}

function readSide({ pattern, limit, refuses }: Side, text: string, at: number, context: Context): Reading | null {
  const word = matchAt(pattern, text, at)
  const named = word && readPeriod(text, skipSpace(text, word.end), context)
  if (!named || refuses(named.span)) return null
  const span = limit(named.span, context)
  const weak = named.span.weak === 'year' ? 'year' : undefined
  return span && { span: { ...span, weak }, end: named.end }
}

const ONWARDS = phrase(',? (?:onwards?|on|and onwards|forward|and later|or later|and after)')
const EARLIER = phrase(',? (?:and|or) (?:earlier|before)')
const FROM = phrase('from')

function readOnwards(text: string, at: number, context: Context): Reading | null {
  const word = matchAt(FROM, text, at)
  const named = word ? readPeriod(text, skipSpace(text, word.end), context) : readPeriod(text, at, context)
  if (!named || isTimeOfAnyDay(named.span)) return null
  const { start, end } = named.span
  const later = matchAt(ONWARDS, text, named.end)
  const onlyOn = later && !word && /\son$/i.test(text.slice(later.end - 3, later.end))
  if (later && !onlyOn && start) return { span: { start, end: null, weak: yearOnly(named.span) }, end: later.end }
  const earlier = matchAt(EARLIER, text, named.end)
  return earlier && end ? { span: { start: null, end, weak: yearOnly(named.span) }, end: earlier.end } : null
}

const OPENING = phrase('(?<word>between|from)')
const JOINT = /\s*(?:(?:to|until|till|thru|through|up to)(?![\p{L}\p{N}])\s*|[-–—/])\s*/iuy
const AND_JOINT = /\s*(?:(?:and|to|until|till|through)(?![\p{L}\p{N}])\s*|[-–—&])\s*/iuy
const INCLUSIVE = phrase(',? (?:inclusive|inclusively)')
const CHANGE =
  /\b(?:chang|grow|grew|growth|increas|decreas|declin|differ|drop|ris(?:e|en|ing)|rose|fall|fell|compar|improv)/i

function readBetween(text: string, at: number, context: Context): Named[] | null {
  const opening = matchAt(OPENING, text, at)
  const firstAt = opening ? skipSpace(text, opening.end) : at
  const first = readPeriod(text, firstAt, context)
  if (!first) return null
  const joint = opening?.words.word === 'between' ? AND_JOINT : JOINT
  joint.lastIndex = first.end
  const joined = joint.exec(text)
  const secondAt = joined ? first.end + joined[0].length : 0
  const second = joined && readPeriod(text, secondAt, context)
  if (!second || isTimeOfAnyDay(first.span) || isTimeOfAnyDay(second.span)) return null
  const [from, to] = settle(first.span, second.span)
  if (!from.start || !to.start || !to.end) return null
  if ((opening && CHANGE.test(text)) || to.start < from.start) {
    return [
      { span: from, start: firstAt, end: first.end },
      { span: to, start: secondAt, end: second.end },
    ]
  }
  const weak = yearOnly(first.span) && yearOnly(second.span)
  const end = matchAt(INCLUSIVE, text, second.end)?.end ?? second.end
  return [{ span: { start: from.start, end: to.end, weak }, start: at, end }]
}

/** "November to February": the end is the first after the start; "May to July 2025": the start takes the end's year. */
function settle(first: Span, second: Span): [Span, Span] {
  if (!first.start || !second.start) return [first, second]
  if (second.recurs) return [first, moved(second, (start) => start >= (first.start ?? start), second.recurs, 1)]
  if (first.recurs) return [moved(first, (start) => start <= (second.start ?? start), first.recurs, -1), second]
  return [first, second]
}

/** The occurrence nearest to the other end of the range that is on the right side of it. */
function moved(
  span: Span,
  fits: (start: NonNullable<Span['start']>) => boolean,
  every: 'year' | 'week',
  towards: 1 | -1,
): Span {
  const step = every === 'year' ? { years: 1 } : { weeks: 1 }
  const at = (times: number): Span => ({
    ...span,
    start: span.start && shift(span.start, step, times),
    end: span.end && shift(span.end, step, times),
  })
  let times = 0
  while (Math.abs(times) < 200 && !startFits(at(times), fits)) times += towards
  while (Math.abs(times) < 200 && startFits(at(times - towards), fits)) times -= towards
  return at(times)
}

function startFits({ start }: Span, fits: (start: NonNullable<Span['start']>) => boolean): boolean {
  return start !== null && fits(start)
}

function yearOnly({ weak }: Span): Span['weak'] {
  return weak === 'year' ? 'year' : undefined
}
