import type { Unanswered } from '../answer.ts'

/** A question that can be worked on, or why not. */
export type ReadQuestion = { ok: true; text: string } | { ok: false; reason: Unanswered['reason']; message: string }

/** Longer texts are no question about data, and would not fit beside a schema. */
const LONGEST_QUESTION = 2_000

/**
 * Cleans what a person typed and turns away what is no question: nothing, far too much, orders to change data or to ignore the rules. One
 * that follows an answer may change that answer ("set the limit to 10", "drop the last column").
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
  if (CHANGES.test(text) || (!follows && CHANGES_VALUES.test(text))) {
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

/** Orders stand at the start of a sentence. */
const LEADING = String.raw`(?:^|[.;:!?,]\s*|\b(?:please|then|and|to|now|you must|just)\s+)`

const orders = (...patterns: string[]) => new RegExp(`${LEADING}(?:${patterns.join('|')})`, 'i')

/** Orders to write, in words or as SQL. */
const CHANGES = orders(
  String.raw`(?:drop|truncate|alter)\s+(?:(?:the|all|every|my|this|that|a|of|\w+)\s+){0,3}(?:tables?|databases?|views?|index(?:es)?|schema)\b`,
  String.raw`drop\s+(?:table|database|view|index|trigger)\b`,
  String.raw`(?:delete|erase|wipe|remove|destroy)\s+(?:from\b|everything\b|(?:(?:all|every|each|the|any|our|my|these|those|\w+)\s+){1,4}(?:rows?|records?|tables?|databases?|data|customers?|orders?|users?|entries)\b)`,
  String.raw`insert\s+(?:into\b|(?:a|an|the|new)\s)`,
  String.raw`update\s+\S+\s+set\b`,
  String.raw`create\s+(?:a\s+|an\s+|the\s+)?(?:new\s+)?(?:table|index|view|trigger|database)\b`,
  String.raw`(?:attach|detach)\s+(?:database\b|')`,
  String.raw`vacuum\b|pragma\s+\w+`,
)

/** Behind an answer these mean its columns and its limits. */
const CHANGES_VALUES = orders(
  String.raw`(?:drop|truncate|alter)\s+(?:(?:the|all|every|my|this|that|a|of|\w+)\s+){0,3}columns?\b`,
  String.raw`(?:set|change|update)\s+(?:the\s+|all\s+|every\s+)?\w+(?:\s+\w+){0,4}\s+to\s+(?:'|"|\d|zero\b|null\b)`,
)

const IGNORES_RULES =
  /\b(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|your|the|my|these|those|previous|prior|earlier|above)\s+)*(?:rules?|instructions?|prompts?|restrictions?|guidelines?)\b|\b(?:system prompt|jailbreak)\b/i
