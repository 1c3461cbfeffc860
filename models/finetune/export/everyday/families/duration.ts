import { quoteName } from '#core/sql/quote-name.ts'
import type { Column } from '#databases/schema/schema.ts'
import { bare } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { isSpeakable, spokenColumn } from '../facts/nouns.ts'
import type { Thing } from '../facts/read-facts.ts'
import { pickThing } from '../scene.ts'
import { writeSql } from '../write-sql.ts'

/** "How many days pass on average from order date to delivery date?" */
export const duration: EverydayFamily = {
  name: 'duration',
  draft(scene) {
    const thing = pickThing(scene, (one) => spanOf(one) !== null)
    const span = thing && spanOf(thing)
    if (!thing || !span) return null
    const [start, end] = span
    const { word, degree } = scene.draws.pick(FIGURES)
    const days = `julianday(${bare(thing, end.name)}) - julianday(${bare(thing, start.name)})`
    return {
      text: scene.say(WORDINGS, {
        word,
        degree,
        things: thing.many,
        start: spokenColumn(start.name, thing.table.name),
        end: spokenColumn(end.name, thing.table.name),
      }),
      sql: writeSql({ select: `${SQL[word]}(${days})`, from: quoteName(thing.table.name) }),
    }
  },
}

const FIGURES = [
  { word: 'average', degree: 'on average' },
  { word: 'average', degree: 'on average' },
  { word: 'average', degree: 'on average' },
  { word: 'longest', degree: 'at most' },
  { word: 'shortest', degree: 'at least' },
] as const
const SQL = { average: 'avg', longest: 'max', shortest: 'min' }

/** The first date column that begins something and the first that ends it. */
function spanOf({ table }: Thing): [Column, Column] | null {
  const dates = table.columns.filter(
    ({ name, dateFormat }) =>
      (dateFormat === 'date' || dateFormat === 'datetime') && isSpeakable(spokenColumn(name, table.name)),
  )
  const end = dates.find(({ name }) => ENDS.test(name))
  const start = dates.find((one) => one !== end && !ENDS.test(one.name))
  return start && end ? [start, end] : null
}

const ENDS = /end|ship|deliver|clos|return|complet|finish|check.?out|depart|resol|paid|to$|left|leav|settle|release/i
const WORDINGS = {
  train: [
    'What is the {word} time from {start} to {end} of {things}?',
    'How many days pass {degree} between {start} and {end} of {things}?',
    '{word} time between {start} and {end} of the {things}',
    'How long does it take {degree} from {start} to {end} for {things}?',
    '{word} duration of {things} from {start} to {end}',
  ],
  test: ['From {start} to {end}, how many days are there {degree} for {things}?'],
}
