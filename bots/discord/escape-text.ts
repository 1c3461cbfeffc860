/**
 * Foreign text for a Discord message, so that none of it works as Markdown, mention, link, emoji code or time stamp. A backslash takes away
 * the meaning of any punctuation; what only works at the beginning of a line is escaped there only.
 */
export function escapeText(text: string): string {
  return text
    .replace(/[\\*_~`|[\]()<>#@:&]/g, String.raw`\$&`)
    .replace(/^(\s*)([-+])/gm, String.raw`$1\$2`)
    .replace(/^(\s*\d+)\./gm, String.raw`$1\.`)
}
