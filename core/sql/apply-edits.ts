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
  while (notes.length < most) {
    const fix = find(sql)
    if (!fix) break
    sql = applyEdits(sql, fix.edits)
    notes.push(fix.note)
  }
  return { sql, notes }
}
