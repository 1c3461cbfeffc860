import { expect, test } from 'vitest'
import { dropUnaskedJoin } from './unasked-join.ts'

test.each([
  [
    'What are the authors of submissions?',
    'SELECT T1.author FROM submission AS T1 JOIN acceptance ON T1.id = acceptance.submission_id ORDER BY T1.author',
    'SELECT T1.author FROM submission AS T1 ORDER BY T1.author',
  ],
  [
    'What are the authors of submissions?',
    'SELECT s.author FROM acceptance AS a JOIN submission AS s ON a.submission_id = s.id',
    'SELECT s.author FROM submission AS s',
  ],
])('%s %s', (question, sql, lean) => {
  const { sql: left, notes } = dropUnaskedJoin(sql, question)
  expect(left.trimEnd()).toBe(lean)
  expect(notes).toEqual(['acceptance was left out: the question does not speak of it.'])
})

test.each([
  [
    'authors of accepted submissions',
    'SELECT s.author FROM submission AS s JOIN acceptance AS a ON a.submission_id = s.id',
  ],
  ['students with president votes', 'SELECT s.name FROM student AS s JOIN record AS r ON r.president_vote = s.id'],
  [
    'authors of submissions',
    'SELECT count(s.author) FROM submission AS s JOIN acceptance AS a ON a.submission_id = s.id',
  ],
  [
    'authors never heard of',
    'SELECT author FROM submission EXCEPT SELECT s.author FROM submission AS s JOIN acceptance AS a ON a.submission_id = s.id',
  ],
  [
    'authors of submissions',
    'SELECT author FROM submission JOIN acceptance ON acceptance.submission_id = submission.id',
  ],
])('%s: %s stays', (question, sql) => {
  expect(dropUnaskedJoin(sql, question)).toEqual({ sql, notes: [] })
})
