/** Where in our folder of Spider a file of one of its archives belongs; null for whatever else lies in there. */
export function spiderEntry(name: string): string | null {
  const path = plain(name)
  const list = /(?:^|\/)((?:dev|train_spider|train_others|tables)\.json|(?:dev|train)_gold\.sql)$/.exec(path)
  if (list?.[1] !== undefined) return list[1]
  const database = /(?:^|\/)database\/([\w-]+)\/\1\.sqlite$/.exec(path)
  return database?.[1] === undefined ? null : `database/${database[1]}/${database[1]}.sqlite`
}

/** The same for the archive of distilled databases, whose folder is called database as well. */
export function suiteEntry(name: string): string | null {
  const distilled = /(?:^|\/)(?:database|testsuite)\/([\w-]+)\/([\w-]+\.sqlite)$/.exec(plain(name))
  return distilled === null ? null : `testsuite/${distilled[1]}/${distilled[2]}`
}

/** Without what macOS adds to archives. */
function plain(name: string): string {
  return /(?:^|\/)(?:__MACOSX\/|\._)/.test(name) ? '' : name.replaceAll('\\', '/')
}
