import type { Database } from 'better-sqlite3'
import { DatabaseError } from '../database-error.ts'
import { verdictOnFunction } from '../gate/functions.ts'
import { isWord, type Token, tokenize, withoutComments } from '../gate/sql-tokens.ts'

type StoredObject = { type: string; name: string; tbl_name: string; rootpage: number | null; sql: string | null }

/**
 * Looks at a file's schema as it is stored. Throws a DatabaseError (hostile-schema) for virtual tables other than FTS5
 * and R-tree, for views that call what the gate would not let a query call, and for entries that only a tampered file
 * has.
 */
export function checkObjects(db: Database, name: string): { triggers: string[]; tables: number } {
  const objects = db
    .prepare('SELECT type, name, tbl_name, rootpage, sql FROM main.sqlite_schema')
    .all() as StoredObject[]
  const functions = new Set(db.prepare('SELECT lower(name) FROM pragma_function_list').pluck().all() as string[])
  const roots = new Set<number>()
  for (const object of objects) {
    const fault = faultOf(object, roots, functions)
    if (fault) throw hostile(name, fault)
    if (object.rootpage) roots.add(object.rootpage)
  }
  const ofType = (type: string) => objects.filter((object) => object.type === type)
  return { triggers: ofType('trigger').map((trigger) => trigger.name), tables: ofType('table').length }
}

const ownNames = /^sqlite_(sequence$|stat[1-4]$|autoindex_)/i
const virtualTable = /^CREATE\s+VIRTUAL\s+TABLE\b[\s\S]*?\bUSING\s+["'`[]?(\w+)/i
const allowedModules = new Set(['fts5', 'rtree'])

function faultOf(object: StoredObject, roots: Set<number>, functions: Set<string>): string | undefined {
  const sql = object.sql ?? ''
  if (/^sqlite_/i.test(object.name) && !ownNames.test(object.name)) return `the name ${object.name} is SQLite's own`
  if (object.rootpage && roots.has(object.rootpage))
    return `${object.name} shares its pages with another table or index`
  // SQLite stores one statement without what ends it; only a trigger, which is removed, has semicolons inside.
  if (object.type !== 'trigger' && withoutComments(tokenize(sql)).some((token) => isWord(token, ';')))
    return `the definition of ${object.name} goes on with another statement`
  switch (object.type) {
    case 'table':
      return faultOfTable(object, sql)
    case 'view':
      return object.rootpage ? `the view ${object.name} claims pages` : faultOfView(object.name, sql, functions)
    case 'index':
    case 'trigger':
      return undefined
    default:
      return `${object.name} is of the unknown type ${object.type}`
  }
}

function faultOfTable({ name, rootpage }: StoredObject, sql: string): string | undefined {
  const module = virtualTable.exec(sql)?.[1]
  if (module !== undefined && !allowedModules.has(module.toLowerCase())) {
    return `${name} is a virtual table (${module}), which reads by a program of its own`
  }
  return module === undefined && !rootpage ? `the table ${name} has no pages` : undefined
}

// These are tables by their names alone, no call needed.
const innerTables = /^(pragma_|dbstat$|sqlite_(?!sequence$))/i

function faultOfView(name: string, sql: string, functions: Set<string>): string | undefined {
  const tokens = tokenize(sql).filter(({ kind }) => kind !== 'comment')
  const names = tokens.filter(({ kind }) => kind === 'word' || kind === 'identifier')
  const inner = names.find((token) => innerTables.test(nameOf(token)))
  if (inner) return `the view ${name} reads ${nameOf(inner)}`
  const call = tokens.find((token, index) => {
    const called = names.includes(token) && tokens[index + 1]?.text === '('
    return called && functions.has(nameOf(token).toLowerCase()) && verdictOnFunction(nameOf(token)) !== 'allowed'
  })
  return call && `the view ${name} calls ${nameOf(call)}()`
}

function nameOf({ kind, text, value }: Token): string {
  return kind === 'identifier' ? value : text
}

function hostile(name: string, fault: string): DatabaseError {
  return new DatabaseError({
    code: 'hostile-schema',
    message: `${name} was refused, because ${fault}.`,
    advice: 'If you trust the file, drop that object, or export the tables you need as CSV, and add the result.',
  })
}
