/** Whether a question that follows another is whole in itself and points back to nothing: it may then be about something else altogether. */
export function standsAlone(question: string): boolean {
  return ASKS.test(question.trim()) && !POINTS_BACK.test(question)
}

const ASKS =
  /^(?:(?:and|so|ok|okay|now|thanks|thank you)[,.]?\s+)?(?:what(?!\s+(?:about|if))|which|who|whose|whom|where|when|why|how(?!\s+about)|is|are|was|were|do|does|did|can|could|will|would|should|tell|show|give|list|find|count)\b/i

const POINTS_BACK = new RegExp(
  [
    String.raw`\b(?:it|its|they|them|their|he|him|his|she|her|ones?|same|again|instead|also|too|else|others?|above|before|previous(?:ly)?)\b`,
    String.raw`\b(?:results?|rows?|answers?|query|columns?|chart|graph|without|only|just|except|there|then|those|these|more|fewer|less)\b`,
    String.raw`\b(?:this|that)\b(?!\s+(?:day|morning|afternoon|evening|week|weekend|month|quarter|year)\b)`,
  ].join('|'),
  'i',
)
