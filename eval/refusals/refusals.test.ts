import { describe, expect, test } from 'vitest'
import { schemaOf, table } from '#core/testing/school-schema.ts'
import heldBack from '../held-back.json' with { type: 'json' }
import byHand from './by-hand.json' with { type: 'json' }
import type { JudgedAnswer } from './judged-answer.ts'
import { nearMisses } from './near-misses.ts'
import { refusedAt, thresholdFor } from './recognised.ts'

const ZOO = schemaOf(
  table('keepers', 'id! INTEGER', 'name TEXT', 'salary INTEGER'),
  table('animals', 'id! INTEGER', 'name TEXT', 'weight REAL', 'keeper_id INTEGER > keepers.id'),
)

function asks(question: string, gold: string) {
  return { id: question, database: 'zoo', question, accepted: [gold], file: 'zoo.sqlite' }
}

describe('near misses', () => {
  test('lack the one column that the question names and its query needs', () => {
    const found = nearMisses(
      [
        asks('What is the average salary?', 'SELECT avg(T1.Salary) FROM keepers AS T1'),
        asks('How heavy is the zebra?', "SELECT weight FROM animals WHERE name = 'zebra'"),
        asks('Which weights are there?', 'SELECT weight FROM animals'),
      ],
      ZOO,
    )
    expect(found.map(({ question, hidden }) => [question, hidden])).toEqual([
      ['What is the average salary?', [{ table: 'keepers', column: 'salary' }]],
      ['Which weights are there?', [{ table: 'animals', column: 'weight' }]],
    ])
  })

  test('are not made of keys, nor of names that another column could stand in for', () => {
    const found = nearMisses(
      [
        asks('Show the name of each keeper', 'SELECT name FROM keepers'),
        asks('Show the keeper id of each animal', 'SELECT keeper_id FROM animals'),
      ],
      ZOO,
    )
    expect(found).toEqual([])
  })
})

describe('the threshold', () => {
  const judged = (kind: JudgedAnswer['kind'], probability: number, found = true) => ({
    answer: { kind, signals: found ? {} : null } as JudgedAnswer,
    probability,
  })
  const scored = [
    ...Array.from({ length: 20 }, (_, index) => judged('answerable', index / 40)),
    judged('near-miss', 0.9),
    judged('near-miss', 0.1),
    judged('alien', 0, false),
  ]

  test('lets at most the given share of answerable questions be refused', () => {
    const refused = refusedAt(scored, thresholdFor(scored, 0.05))
    expect(refused.answerable).toEqual({ n: 20, refused: 0.05 })
    expect(refused['near-miss']).toEqual({ n: 2, refused: 0.5 })
    expect(refusedAt(scored, thresholdFor(scored, 0)).answerable.refused).toBe(0)
  })

  test('refuses whatever no query was found for', () => {
    expect(refusedAt(scored, 1).alien).toEqual({ n: 1, refused: 1 })
  })
})

test('forty questions are written by hand, all about held-back databases', () => {
  expect(byHand).toHaveLength(40)
  for (const { database } of byHand) expect(heldBack.databases).toContain(database)
})
