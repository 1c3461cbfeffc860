import { spokenParts } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import type { Link, Thing } from '../facts/read-facts.ts'
import { sometimesPeriod } from '../scene.ts'
import { column } from '../write-sql.ts'
import { rankedSql } from './most.ts'
import { pickLink } from './never.ts'

/** "What is our best selling product?": by pieces where they are kept, else by how often it was sold. */
export const bestSelling: EverydayFamily = {
  name: 'best-selling',
  draft(scene) {
    const { draws } = scene
    const link = pickLink(scene, isSold)
    if (!link) return null
    const { from, to } = link
    const pieces = from.measures.find(({ name }) => PIECES.test(name))
    const period = sometimesPeriod(scene, from)
    const limit = draws.pick([1, 1, 1, 3, 5, 10])
    const isBest = draws.chance(0.85)
    const figure = pieces ? `sum(${column(from.table, pieces.column)})` : 'count(*)'
    return {
      text: scene.say(limit === 1 ? (isBest ? BEST : WORST) : isBest ? BEST_FEW : WORST_FEW, {
        parent: to.one,
        parents: to.many,
        n: String(limit),
        period: period?.said ?? '',
      }),
      sql: rankedSql(link, { figure, isMost: isBest, period, limit }),
      ...spokenParts({ filters: [], period }),
    }
  },
}

function isSold({ from, to }: Link): boolean {
  return to.label.length > 0 && SALES.test(from.one) && !isBuyerOrSeller(to)
}

function isBuyerOrSeller({ one }: Thing): boolean {
  return /customer|client|user|member|person|people|employee|staff|store|shop|branch|address|order|account|supplier|vendor|agen/.test(
    one,
  )
}

const SALES = /\b(?:order|sale|invoice|purchase|transaction|booking|rental|ticket|item|line|product)\b/
const PIECES = /\b(?:quantity|copies|units|pieces)\b/
const BEST = {
  train: [
    'What is our best selling {parent} {period}?',
    'Which {parent} sold best {period}?',
    'best selling {parent} {period}',
    'What {parent} do we sell the most {period}?',
    'bestseller among the {parents} {period}',
  ],
  test: ['The {parent} that sells most {period}?', 'top seller of all {parents} {period}'],
}
const BEST_FEW = {
  train: [
    'top {n} selling {parents} {period}',
    'What are our {n} best selling {parents} {period}?',
    'Which {n} {parents} sold best {period}?',
    '{n} bestsellers among the {parents} {period}',
  ],
  test: ['the {n} {parents} that sell most {period}'],
}
const WORST = {
  train: [
    'Which {parent} sold worst {period}?',
    'worst selling {parent} {period}',
    'What is our slowest selling {parent} {period}?',
  ],
  test: ['The {parent} that sells least {period}?'],
}
const WORST_FEW = {
  train: ['{n} worst selling {parents} {period}', 'Which {n} {parents} sell the least {period}?'],
  test: ['the {n} {parents} that sell least {period}'],
}
