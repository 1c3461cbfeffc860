/** A name as SQL, whatever is in it: `order` gives `"order"`. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as SQL: `it's` gives `'it''s'`. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Two names are one to SQLite when they differ in the case of ASCII letters only: `É` and `é` are two. */
export function foldName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** A name without its quotes, of whichever of the four kinds that SQLite takes. */
export function unquoteName(token: string): string {
  const quote = token[0]
  if (quote === '[') return token.slice(1, -1)
  if (quote === '"' || quote === '`' || quote === "'") return token.slice(1, -1).replaceAll(quote + quote, quote)
  return token
}
