import { describe, expect, test } from 'vitest'
import { coverWords } from '../answerable/cover-words.ts'
import type { Ran } from '../ran.ts'
import { SCHOOL } from '../testing/school-schema.ts'
import { readSignals } from './answer-signals.ts'
import fitted from './fitted.json' with { type: 'json' }
import { judgeOf } from './judge-answer.ts'

const [hash = '', adapter] = fitted.model.split(' ')
const judge = judgeOf({ hash, adapter })

function tried(sql: string, rows: Ran['outcome']['rows'], more: Partial<Ran['candidate']> = {}): Ran {
  return {
    candidate: { sql, origin: 'first', logProb: -0.4, ...more },
    outcome: { kind: 'rows', columns: ['x'], rows, truncated: false },
    notes: [],
    ms: 1,
  }
}

function signalsOf(question: string, chosen: Ran, others: Ran[] = [], values: string[] = []) {
  return readSignals({
    question,
    schema: SCHOOL,
    values,
    periods: [],
    coverage: coverWords({ question, schema: SCHOOL, values, periods: [] }),
    chosen,
    attempts: [chosen, ...others],
    doubtful: false,
    unknownValues: [],
    countTokens: (text) => text.split(' ').length,
  })
}

describe('signals', () => {
  test('of a query that says all that was asked', () => {
    const chosen = tried("SELECT name FROM students WHERE city = 'Paris'", [['Ann']])
    expect(signalsOf('names of students whose city is Paris', chosen, [], ['Paris'])).toMatchObject({
      tokenLogProb: -0.4 / 8,
      agreement: 1,
      several: 0,
      unknownWords: 0,
      unusedShare: 0,
      madeUpNames: 0,
      empty: 0,
    })
  })

  test('of one that leaves part of the question out', () => {
    const chosen = tried('SELECT count(*) FROM students', [[4]])
    expect(signalsOf('How many students took courses?', chosen).unusedShare).toBeGreaterThan(0.3)
  })

  test('of things that only the question knows, and of those that the query passes over', () => {
    const chosen = tried('SELECT count(*) FROM students', [[4]])
    expect(signalsOf('How many students have laptops?', chosen)).toMatchObject({ unknownThings: 1, unusedThings: 1 })
    expect(signalsOf('How many students have grades?', chosen)).toMatchObject({ unknownThings: 0, unusedThings: 1 })
  })

  test('of names that the question asks for, the model wrote and the schema lacks', () => {
    const chosen = tried('SELECT name FROM teachers', [['Ada']], { written: 'SELECT T1.salary FROM teachers AS T1' })
    expect(signalsOf('What salary do teachers get?', chosen)).toMatchObject({ madeUpNames: 1, unknownWords: 1 })
  })

  test('of tries that disagree', () => {
    const one = tried('SELECT 1', [[1]])
    const others = [tried('SELECT 2', [[2]]), tried('SELECT 1.0', [[1]])]
    expect(signalsOf('How many students?', one, others)).toMatchObject({ agreement: 2 / 3, several: 1 })
  })

  test('of a model that would rather have said that something is missing', () => {
    const signalsAt = (noAnswerLogProb?: number) =>
      signalsOf('How many students?', tried('SELECT 1', [[1]], { noAnswerLogProb }))
    expect(signalsAt(Math.log(0.75)).noAnswer).toBeCloseTo(Math.log(3))
    expect(signalsAt(0).noAnswer).toBe(10)
    expect(signalsAt(-40).noAnswer).toBe(-10)
    expect(signalsAt().noAnswer).toBeNull()
  })

  test('without log-probabilities nothing is said about confidence', () => {
    const signals = signalsOf('How many students?', tried('SELECT 1', [[1]], { logProb: null }))
    expect(judge.confidence(signals)).toBeNull()
    expect(judge.unanswerable(signals)).toBeGreaterThan(0)
  })
})

test('confidence falls with likelihood and with every word that the query leaves out', () => {
  const sure = signalsOf('How many students?', tried('SELECT count(*) FROM students', [[4]], { logProb: -0.01 }))
  const unsure = { ...sure, tokenLogProb: -0.5, firstTokenLogProb: -0.5, logProb: -2 }
  expect(judge.confidence(sure) ?? 0).toBeGreaterThan(judge.confidence(unsure) ?? 1)
  expect(judge.confidence(sure)).toBeLessThanOrEqual(1)
})

test('of another model only the words are judged', () => {
  const other = judgeOf({ hash: 'another model' })
  const signals = signalsOf('How many students?', tried('SELECT count(*) FROM students', [[4]]))
  const unlikely = { ...signals, tokenLogProb: -3, firstTokenLogProb: -3, logProb: -30, noAnswer: 10 }
  expect(judge.unanswerable(unlikely)).toBeGreaterThan(judge.unanswerable(signals))
  expect(other.unanswerable(unlikely)).toBe(other.unanswerable(signals))
  expect(other.confidence(signals)).toBeNull()
  const foreign = signalsOf('How many laptops have keyboards?', tried('SELECT count(*) FROM students', [[4]]))
  expect(other.unanswerable(foreign)).toBeGreaterThan(other.refuseFrom)
  expect(other.unanswerable(signals)).toBeLessThan(other.refuseFrom)
})
