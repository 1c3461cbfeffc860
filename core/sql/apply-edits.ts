/** A change of the text between two positions. */
export type Edit = { start: number; end: number; text: string }

/** Changes that belong together, and what they do in words. */
export type Fix = { edits: Edit[]; note: string }

/** The text after all edits, which do not overlap. */
export function applyEdits(text: string, edits: Edit[]): string {
  return [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce((current, edit) => current.slice(0, edit.start) + edit.text + current.slice(edit.end), text)
}

/** Applies fix after fix, each found in what the last one left, until there is none or `most` were made. */
export function applyFixes(
  text: string,
  most: number,
  find: (text: string) => Fix | undefined,
): { sql: string; notes: string[] } {
  const notes: string[] = []
  let sql = text
  let last: Fix | undefined
  while (notes.length < most) {
    const fix = find(sql)
    if (!fix || isRepeated(fix, last)) break
    sql = applyEdits(sql, fix.edits)
    notes.push(fix.note)
    last = fix
  }
  return { sql, notes }
}

/** Whether a fix is the last one once more, at what that one wrote: it does not take, and would be made for ever. */
export function isRepeated({ note, edits }: Fix, last: Fix | undefined): boolean {
  if (last?.note !== note) return false
  let moved = 0
  const written = [...last.edits]
    .sort((one, other) => one.start - other.start)
    .map(({ start, end, text }) => {
      const from = start + moved
      moved += text.length - (end - start)
      return { start: from, end: from + text.length }
    })
  return edits.some((edit) => written.some(({ start, end }) => end > start && edit.start <= end && edit.end >= start))
}
