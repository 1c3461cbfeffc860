/** At most so many UTF-16 units, which is how Slack's limits are safe whatever is counted; the last one is … where something is missing. */
export function cutText(text: string, maxUnits: number): string {
  if (text.length <= maxUnits) return text
  let kept = ''
  for (const { segment } of graphemes.segment(text.slice(0, maxUnits))) {
    if (kept.length + segment.length > maxUnits - 1) break
    kept += segment
  }
  return `${kept}…`
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Text for a field in which Slack reads markup: what could mention, link or call out is mere text. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** What a person typed, out of what Slack makes of it: entities, links and mentions become what was seen. */
export function typedText(text: string): string {
  return text
    .replace(/<[#@!][^|>]*\|([^>]*)>/g, '$1')
    .replace(/<(?:https?|mailto):[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<((?:https?|mailto):[^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}
