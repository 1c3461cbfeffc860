/** At most so many UTF-16 units, which keeps within limits whatever a platform counts; the last one is … where something is missing. */
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

/** Escaped, and no longer than `maxUnits` with all that this adds. */
export function fitEscaped(text: string, maxUnits: number, escaped: (text: string) => string): string {
  let units = Math.min(text.length, maxUnits)
  let fitted = escaped(cutText(text, units))
  while (fitted.length > maxUnits && units > 1) {
    units = Math.max(1, Math.floor(units * Math.min(0.9, maxUnits / fitted.length)))
    fitted = escaped(cutText(text, units))
  }
  return fitted
}
