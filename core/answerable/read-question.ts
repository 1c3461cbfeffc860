import type { Unanswered } from '../answer.ts'

/** A question that can be worked on, or why not. */
export type ReadQuestion = { ok: true; text: string } | { ok: false; reason: Unanswered['reason']; message: string }

/** Longer texts are no question about data, and would not fit beside a schema. */
const LONGEST_QUESTION = 2_000

/**
 * Cleans what a person typed and turns away what is no question: nothing, far too much, orders to change data or to ignore the rules. One
 * that follows an answer may change that answer ("set the limit to 10", "remove the cancelled orders").
 */
export function readQuestion(typed: string, { follows = false }: { follows?: boolean } = {}): ReadQuestion {
  const text = typed
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/<\|[^|>]*\|>|`{3,}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (!/[\p{L}\p{N}]/u.test(text)) {
    return turnedAway(
      'not-a-question',
      'There is no question. Ask something like “How many orders were there last week?”',
    )
  }
  if (text.length > LONGEST_QUESTION) {
    return turnedAway(
      'not-a-question',
      `The question is ${text.length.toLocaleString('en')} characters long; ${LONGEST_QUESTION.toLocaleString('en')} is the limit. Ask it in a few sentences.`,
    )
  }
  if (STATEMENT.test(text) || (!follows && ORDER.test(text))) {
    return turnedAway(
      'unsafe',
      'I only read databases and never change them. Ask what you would like to know about the data.',
    )
  }
  if (IGNORES_RULES.test(text)) {
    return turnedAway(
      'unsafe',
      'I answer questions about the data, nothing else. Ask what you would like to know about them.',
    )
  }
  return { ok: true, text }
}

function turnedAway(reason: Unanswered['reason'], message: string): ReadQuestion {
  return { ok: false, reason, message }
}

/** SQL that writes, at the start of a sentence. The gate refuses what is missed here: this only spares the model, and says so sooner. */
const STATEMENT = new RegExp(
  `${String.raw`(?:^|[.;:!?,]\s*|\b(?:please|then|and|now|you must|just)\s+)`}(?:${[
    String.raw`(?:drop|alter)\s+(?:table|database|view|index|trigger|schema)\s+(?:if\s+exists\s+)?["'\x60[\w]`,
    String.raw`truncate\s+table\b`,
    String.raw`delete\s+from\s+(?!(?:the|this|that|these|those|my|your|our|it|all)\b)["'\x60[\w]`,
    String.raw`insert\s+into\b`,
    String.raw`update\s+\S+\s+set\b`,
    String.raw`create\s+(?:temp(?:orary)?\s+|unique\s+)?(?:table|view|index|trigger|database)\s+(?:if\s+not\s+exists\b|\S+\s*\(|\S+\s+(?:as\s+(?:select|with)|on\s+\S+\s*\()|\S+\s*(?:;|$))`,
    String.raw`(?:attach|detach)\s+(?:database\b|')`,
    String.raw`pragma\s+\w+`,
    String.raw`vacuum\s*(?:;|$|into\s+')`,
  ].join('|')})`,
  'i',
)

const DETERMINED = String.raw`(?:(?:all|any|both|each|every|most|some|the|this|that|these|those|my|our|your|their|its)\s+(?:of\s+)?)+`
/** What makes a noun of the verb in front: "drop in orders", "erase rate per customer", "delete requests of users". */
const OF_A_NOUN = String.raw`(?:at|between|by|for|in|of|on|over|per|since|to|with|counts?|frequency|rates?|requests?)\b`
const MODIFIERS = String.raw`(?:(?!${OF_A_NOUN})[\w’'-]+\s+){0,4}`
const HELD = String.raw`(?:tables?|databases?|schema|columns?|rows?|records?|data|customers?|orders?|users?|entries)\b(?!\s+(?:per|counts?|frequency|rates?|requests?)\b)`

/**
 * An order in words with which a first question begins; behind an answer it is about that answer: its columns, rows and limits. "Drop
 * shipping orders" names a kind of orders, "delete old orders" can be nothing but an order.
 */
const ORDER = new RegExp(
  `${String.raw`^(?:(?:please|now|then|and|just|you must|(?:can|could|would|will) you)[\s,]+)*`}(?:${[
    String.raw`(?:drop|truncate|alter|remove)\s+(?:everything\b|(?:${DETERMINED}${MODIFIERS})?${HELD})`,
    String.raw`(?:delete|erase|wipe(?:\s+out)?|destroy)\s+(?:everything\b|(?:${DETERMINED})?${MODIFIERS}${HELD})`,
    String.raw`insert\s+(?:a|an|the|new)\s+(?:[\w’'-]+\s+){0,2}(?:rows?|records?|entry|entries|customers?|orders?|users?)\b`,
    String.raw`create\s+(?:an?\s+|the\s+)?(?:new\s+)?(?:index\s+on|trigger|database)\b`,
    String.raw`(?:set|change|update)\s+(?:${DETERMINED}\w+(?:\s+\w+){0,4}|(?!from\b|${OF_A_NOUN})\w+(?:\s+(?!(?:from|up)\b)\w+){0,4})\s+to\s+(?:'|"|\d|zero\b|null\b)`,
  ].join('|')})`,
  'i',
)

const IGNORES_RULES =
  /\b(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|your|the|my|these|those|previous|prior|earlier|above)\s+)*(?:rules?|instructions?|prompts?|restrictions?|guidelines?)\b|\b(?:system prompt|jailbreak)\b/i
