import type { Schema, Table } from '#databases/schema/schema.ts'
import { ATTRIBUTES } from '../../answerable/unused-attributes.ts'
import { standsFor } from '../../fit/unasked/unexplained-words.ts'
import { readScopes } from '../../sql/read-scopes.ts'
import { referredColumn } from '../../sql/referred-column.ts'
import { schemaNames } from '../../sql/schema-names.ts'
import { words } from '../../words/split-words.ts'

/**
 * Attributes that a question asks of one thing and a query takes of another: the title of a course, answered by the name of its department.
 * Of 855 gold queries of the held-back databases none does so, of 1,537 of other train databases 11.
 */
export function attributesOfOthers(question: string, sql: string, schema: Schema): string[] {
  const { tables } = schema
  const names = schemaNames(schema)
  const used = readScopes(sql)
    .flatMap(({ references }) => references)
    .filter(({ clause }) => clause !== 'on')
    .flatMap((reference) => referredColumn(reference, names)?.column.name ?? [])
  const asked = words(question)
  return ATTRIBUTES.filter(({ word, columns }) => {
    const leading = used.map(words).flatMap((own) => (columns.has(own.at(-1) ?? '') ? [own.slice(0, -1)] : []))
    return ownersOf(word, asked).some((near) => {
      const owner = near.find((one) => tables.some((table) => isCalled(table, one)))
      if (owner === undefined || leading.length === 0) return false
      return leading.every((some) => !isOneOf(some, near) && namesAnother(some, owner, tables))
    })
  }).map(({ word }) => word)
}

/** The words around an attribute that may say whose it is, wherever it stands: "title of the course", "course title". */
function ownersOf(attribute: string, asked: string[]): string[][] {
  return asked.flatMap((word, at) => {
    if (word !== attribute) return []
    const isFollowed = OF.has(asked[at + 1] ?? '')
    const behind = isFollowed ? asked.slice(at + 2).filter((one) => !ARTICLES.has(one)) : []
    return [[...behind.slice(0, COMPOUND), ...asked.slice(Math.max(at - 1, 0), at)]]
  })
}

const OF = new Set(['of', 'for'])
const ARTICLES = new Set('a an the all any each every different distinct those these'.split(' '))
/** The thing may be called by two words: "name of the party form". */
const COMPOUND = 2

function isCalled({ name }: Table, thing: string): boolean {
  return words(name).some((word) => standsFor(word, thing))
}

function isOneOf(leading: string[], near: string[]): boolean {
  return leading.some((word) => near.some((one) => standsFor(word, one)))
}

function namesAnother(leading: string[], owner: string, tables: Table[]): boolean {
  return tables.some(
    (table) =>
      !isCalled(table, owner) && words(table.name).some((name) => leading.some((word) => standsFor(word, name))),
  )
}
