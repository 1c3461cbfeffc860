/** `singerID` and `singer_id` are both ["singer", "id"]; a plural "s" falls away. */
export function words(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll}{2})/gu, '$1$3 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => singular(word))
}

/** A word without its plural's ending ("categories", "movies"); words that merely end in an s stay ("status", "class", "series"). */
export function singular(word: string): string {
  if (/^(?:series|species)$/.test(word)) return word
  if (word.length > 4 && word.endsWith('ies'))
    return ENDING_IN_IE.test(word) ? word.slice(0, -1) : `${word.slice(0, -3)}y`
  if (word.length > 4 && /(?:ss|sh|ch|x|(?:stat|b|bon|vir|camp|cens)us)es$/.test(word)) return word.slice(0, -2)
  return word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word
}

/** Nouns whose singular ends in "ie", a small class that no rule tells from the many in "y". */
const ENDING_IN_IE =
  /^(?:birdie|bookie|boogie|brownie|budgie|caddie|calorie|collie|cookie|foodie|genie|goalie|hippie|hoodie|indie|junkie|lingerie|magpie|menagerie|movie|necktie|newbie|pixie|prairie|rookie|selfie|smoothie|sortie|talkie|veggie|zombie)s$/
