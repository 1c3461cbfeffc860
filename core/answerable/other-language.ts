import type { Schema } from '#databases/schema/schema.ts'
import { CATALOGUE } from '#models/catalogue.ts'
import { listed } from '../format/listed.ts'
import { type Refusal, suggestions } from './refuse.ts'

/**
 * Whether a query plainly leaves out part of a question that is not in English: its numbers, its times, its negations and the like, told by
 * the words for them in German, French, Spanish, Italian, Portuguese and Dutch. What a small model does not understand it mostly leaves out.
 */
export function leavesOut(question: string, sql: string): boolean {
  const text = question.toLowerCase()
  const numbers = text.match(/\d+/g) ?? []
  return (
    numbers.some((number) => !sql.includes(number)) ||
    SAID.some(({ asked, done }) => asked.test(text) && !done.test(sql))
  )
}

/** What to do where the model in use does not understand a question that is not in English. */
export function notUnderstood(model: string, schema: Schema): Refusal {
  const inUse = CATALOGUE.find(({ name }) => name === model)?.parametersB ?? EMBEDDED_B
  const bigger = CATALOGUE.filter(({ parametersB }) => parametersB > inUse).map(({ name }) => name)
  const names = listed(bigger, 'or')
  const instead = bigger.length > 0 ? `, or switch to a bigger model: ${names} (\`rowbot models pull NAME\`)` : ''
  return {
    reason: 'language',
    message: `I did not understand that well enough to answer. The model in use knows English best: ask in English${instead}.`,
    suggestions: suggestions(schema),
  }
}

const EMBEDDED_B = 0.5

/** Whole words, or beginnings of words where they end in "-". */
function anyOf(words: string): RegExp {
  const all = words
    .split(/\s+/)
    .map((word) => (word.endsWith('-') ? `${word.slice(0, -1)}\\p{L}*` : word.replaceAll('_', '\\s+')))
  return new RegExp(`(?<!\\p{L})(?:${all.join('|')})(?!\\p{L})`, 'u')
}

/** Words that ask for something, and what is in every query that does it. */
const SAID: { asked: RegExp; done: RegExp }[] = [
  {
    asked: anyOf(
      `tag tage tagen woche- monat- jahr- quartal- gestern heute jour- semaine- mois année- an ans hier aujourd día días semana- mes meses año años
      ayer hoy giorn- settiman- mese mesi anno anni ieri oggi dia dias mês meses ano anos ontem hoje dag- week weken maand- jaar jaren gisteren
      vandaag`,
    ),
    done: /date|time|strftime|julianday|year|month|day|'\d{4}|\b(?:19|20)\d\d\b/i,
  },
  {
    asked: anyOf(
      `nie niemals nicht kein- ohne jamais aucun- sans nunca ningún ninguna sin mai nessun- senza não nenhum- sem niet nooit geen zonder`,
    ),
    done: /\bnot\b|\bexcept\b|<>|!=|\bis null\b|=\s*0\b|left join/i,
  },
  {
    asked: anyOf(
      `meiste- wenigste- höchste- niedrigste- größte- kleinste- teuerste- billigste- beste besten älteste- jüngste- le_plus la_plus les_plus
      le_moins más menos più meno mais meeste minste hoogste laagste duurste goedkoopste oudste jongste`,
    ),
    done: /order by|\bmax\s*\(|\bmin\s*\(|[<>]/i,
  },
  { asked: anyOf(`durchschnitt- moyen- promedio media médi- gemiddeld-`), done: /\bavg\s*\(|\/|avg|average|mean/i },
  {
    asked: anyOf(`wie_viel- wieviel- combien cuánt- cuant- quant- hoeveel`),
    done: /\b(?:count|sum|total)\s*\(|count|number|total/i,
  },
]
