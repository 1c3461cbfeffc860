import { expect, test } from 'vitest'
import { createThreadChoice, type ThreadChoice } from './thread-choice.ts'

/** Evaluates so many batches on a machine where a row takes the given times; gives how many of them spared a thread. */
function evaluate(choice: ThreadChoice, batches: number, rows: number, msPerRow: { all: number; spared: number }) {
  let spared = 0
  for (let batch = 0; batch < batches; batch++) {
    const spare = choice.spare(rows)
    if (spare) spared++
    choice.took(rows, spare, rows * (spare ? msPerRow.spared : msPerRow.all))
  }
  return spared
}

const waiting = { all: 22, spared: 11 }
const working = { all: 1, spared: 2 }

test('before anything is known, few rows spare a thread and many use all', () => {
  const choice = createThreadChoice()
  expect([1, 2, 3, 4, 8, 512].map((rows) => choice.spare(rows))).toEqual([true, true, true, false, false, false])
})

test('what is faster is found out, whatever was thought before, and other sizes are not touched by it', () => {
  const choice = createThreadChoice()
  expect(evaluate(choice, 1000, 1, working)).toBeLessThan(20)
  expect(evaluate(choice, 1000, 128, waiting)).toBeGreaterThan(980)
  expect(choice.spare(4)).toBe(false)
})

test('when another process takes a core, batches change over at once, and back once it is gone', () => {
  const choice = createThreadChoice()
  evaluate(choice, 1000, 128, working)
  expect(evaluate(choice, 100, 128, { all: 20, spared: 3 })).toBeGreaterThan(90)
  evaluate(choice, 300, 128, working)
  expect(evaluate(choice, 300, 128, working)).toBeLessThan(10)
})

test('the slower way is tried ever more rarely', () => {
  const choice = createThreadChoice()
  evaluate(choice, 1000, 1, waiting)
  expect(evaluate(choice, 2560, 1, waiting)).toBeGreaterThanOrEqual(2549)
})
