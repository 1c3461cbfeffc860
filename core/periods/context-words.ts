import type { Span } from './span.ts'

/** Where a reading stands: `at` its lead ("in"), `start` the period's own words, `after` the end of the period before it. */
export type Place = {
  text: string
  at: number
  start: number
  end: number
  lead?: string
  after?: number | undefined
}

const LEADS = {
  day: ['on', 'from', 'for', 'of'],
  span: ['in', 'during', 'for', 'from', 'throughout', 'over', 'within', 'across'],
  year: ['in', 'during', 'for', 'from', 'throughout', 'within', 'across', 'of'],
}

const NOUNS =
  'sales|revenues?|turnover|profits?|income|expenses|orders|purchases|payments|refunds|sign-?ups|visits|bookings|invoices|shipments|deliveries'
/** Behind the period a word that may also be a verb is none: "Q3 costs", but not "which product costs 2024". */
const MEASURES = `${NOUNS}|costs?|spend(?:ing)?|returns|numbers|figures|totals?|results`
const QUANTITIES =
  'price|priced|amount|value|valued|worth|id|ids|balance|score|salary|salaries|weight|weighing|size|costs?|costing|rating|capacity|points?|population|rank|pay|paid|budget|limit|stock|quantity|code|height|length|distance|attendance|is|are|than'
const QUANTITY = new RegExp(`\\b(?:${QUANTITIES})\\s+$`, 'i')
const QUANTITY_OR_TOTAL = new RegExp(`\\b(?:${QUANTITIES}|total|sum|number|count|most|least)\\s+$`, 'i')
/** "more than 2000 orders", "over 2000 sales", "the top 2000 purchases"; but "revenue over 2024". */
const HOW_MANY = /\b(?:than|over|under|above|below|least|most|top|exceed(?:s|ed|ing)?)\s+$/i
const UNIT_OF_MEASURE =
  /^\s*(?:%|€|\$|£|(?:dollars?|euros?|pounds?|usd|eur|gbp|rows?|items?|units?|pieces?|points?|people|users?|votes?|kg|km|miles?|m|meters?|metres?|grams?|or (?:more|less|fewer|higher|lower))(?![\p{L}\p{N}]))/iu
const BEFORE_A_NAME = /\b(?:fiscal|financial|tax|school|academic|early|late|mid|every|each|per)[\s-]+(?:the\s+)?$/i
export const JOINED =
  /^\s*(?:,|&|\/|,?\s*(?:and|or|vs\.?|versus|than|against|(?:as )?compared (?:to|with)|to|with))\s*(?:in|for|on|of|the)?\s*$/i
const COMPARED_NEXT = /^\s*(?:vs\.?|versus|compared (?:to|with)|against)(?![\p{L}])/iu
const LITTLE_ELSE_BEFORE =
  /^[\s("]*(?:(?:and|only|just|now|but|so|ok|okay|what|how|about|same|the|again|please|show|me|it|that|then|with|vs\.?|versus|compared\s+(?:to|with)|than)[\s,]+)*(?:in|for|on)?\s*$/i
const LITTLE_ELSE_AFTER = /^[\s,]*(?:only|instead|too|as well|please|then|again)?[\s?.!)]*$/i
const NAME_LIKE = /^(?:april|may|june|august|march|jan)\s+\p{Lu}\p{Ll}+(?!\p{L})/u
const NAME_LIKE_CAPITAL =
  /^(?:April|May|June|August|March|Jan)\s+(?!(?:How|What|Which|Who|Show|List|Give|I)\b)\p{Lu}\p{Ll}+/u

/** Whether the words around a weak period ("May", "2024", "Tuesday") make it one. Strong ones always are. */
export function acceptsWeak(span: Span, place: Place): boolean {
  const before = place.text.slice(Math.max(0, place.at - 60), place.at)
  const after = place.text.slice(place.end, place.end + 60)
  if (BEFORE_A_NAME.test(place.text.slice(Math.max(0, place.start - 60), place.start))) return false
  if (!span.weak) return true
  if (span.weak === 'year' && isAmount(place, before, after)) return false
  const words = place.text.slice(place.start, place.end + 30)
  if (NAME_LIKE.test(words) || NAME_LIKE_CAPITAL.test(words)) return false
  if (isRangeWord(place) || (place.lead && LEADS[span.weak].includes(place.lead))) return true
  return standsAsPeriod(span, place, before, after)
}

/** "between 1990 and 2010 dollars", "a price from 2000 to 2020", "a total of 2024". */
function isAmount(place: Place, before: string, after: string): boolean {
  if (UNIT_OF_MEASURE.test(after)) return true
  if (place.lead === 'of') return QUANTITY_OR_TOTAL.test(before)
  return isRangeWord(place) && QUANTITY.test(before)
}

/** Whether a reading is a piece of something longer: "mid-May", "$2024", "2024.5", "A-2024". */
export function isCut(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start)
  return (
    /[\p{L}\p{N}_#$€£@]$|[\p{L}\p{N}][-.,]$|\p{N}\/$/u.test(before) ||
    /^(?:-[\p{L}\p{N}]|[./,]\p{N}|%)/u.test(text.slice(end, end + 2))
  )
}

/** Parts between quotation marks: names and titles, which are taken literally. */
export function quotedParts(text: string): { start: number; end: number }[] {
  const quoted =
    /"[^"]{0,200}"|“[^”]{0,200}”|«[^»]{0,200}»|`[^`]{0,200}`|(?<![\p{L}\p{N}])['‘](?!\d\d)[^'’]{0,200}['’](?![\p{L}\p{N}])/gu
  return [...text.matchAll(quoted)].map(({ index, 0: part }) => ({ start: index, end: index + part.length }))
}

function standsAsPeriod(
  { weak }: Span,
  { text, at, start, after: lastEnd }: Place,
  before: string,
  after: string,
): boolean {
  if (lastEnd !== undefined && JOINED.test(text.slice(lastEnd, at))) return true
  if (COMPARED_NEXT.test(after) || /\bcompar(?:e|ed|ing)\s+$/i.test(before)) return true
  if (at <= 80 && LITTLE_ELSE_BEFORE.test(text.slice(0, at)) && LITTLE_ELSE_AFTER.test(after)) return true
  if (weak === 'year' && isMoneyOver(text.slice(0, start))) return true
  if (weak === 'day' || (weak === 'year' && HOW_MANY.test(text.slice(Math.max(0, start - 20), start)))) return false
  return new RegExp(`\\b(?:${NOUNS})\\s+$`, 'i').test(before)
    ? /^\s*(?:[?.!,;:)]|$|by |per |in |for |and |vs|versus|compared)/i.test(after)
    : new RegExp(`^\\s+(?:${MEASURES})(?![\\p{L}])`, 'iu').test(after)
}

/** "revenue over 2024"; "stores with revenue over 2024" are those that made more than that. */
function isMoneyOver(before: string): boolean {
  return (
    /\b(?:revenues?|turnover|profits?|income|expenses)\s+over\s+$/i.test(before) &&
    !/\b(?:with|without|have|has|had|having|whose|where|made|makes?|making)\b/i.test(before)
  )
}

/** "since 2019", "before 2010", "between 2019 and 2021" carry their own preposition. */
function isRangeWord({ text, at }: Place): boolean {
  return /^(?:[io]n or|ever since|since|after|before|until|till|prior|between|from|later|earlier|as of|starting|through|no later)\b/i.test(
    text.slice(at, at + 14),
  )
}
