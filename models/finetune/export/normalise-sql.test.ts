import { expect, test } from 'vitest'
import { SCHOOL } from '#core/testing/school-schema.ts'
import { normaliseSql } from './normalise-sql.ts'

test.each([
  ['select COUNT ( * ) from Students ;', 'SELECT count(*) FROM students'],
  ['SELECT NAME ,  City FROM students WHERE City  =  "Paris"', "SELECT name, city FROM students WHERE city = 'Paris'"],
  ['SELECT "home town" FROM students WHERE name LIKE "%a%"', `SELECT "home town" FROM students WHERE name LIKE '%a%'`],
  ['SELECT `Home Town` FROM students', 'SELECT "home town" FROM students'],
  [
    'select t1.name from students as t1 inner join enrolments as t2 on t1.id == t2.student_id group by t1.id having count(*)>=2',
    'SELECT T1.name FROM students AS T1 JOIN enrolments AS T2 ON T1.id = T2.student_id GROUP BY T1.id HAVING count(*) >= 2',
  ],
  [
    'SELECT avg(credits) FROM courses WHERE id NOT IN (select course_id from enrolments) ORDER BY title desc limit 3',
    'SELECT avg(credits) FROM courses WHERE id NOT IN (SELECT course_id FROM enrolments) ORDER BY title DESC LIMIT 3',
  ],
  [
    "SELECT name FROM students WHERE city = \"O'Hara\" OR city = 'it''s'",
    "SELECT name FROM students WHERE city = 'O''Hara' OR city = 'it''s'",
  ],
  [
    'SELECT CAST(sum(credits) AS REAL) / count(*) FROM courses',
    'SELECT cast(sum(credits) AS REAL) / count(*) FROM courses',
  ],
  [
    'SELECT max("Credits") FROM courses WHERE "TITLE" = "name" AND "Id" > 3 AND "title" BETWEEN "id" AND "name"',
    "SELECT max(credits) FROM courses WHERE title = 'name' AND id > 3 AND title BETWEEN 'id' AND 'name'",
  ],
  [
    'SELECT "title" FROM courses WHERE "title" IN ("id", "x") AND "credits" IS NOT NULL',
    "SELECT title FROM courses WHERE title IN ('id', 'x') AND credits IS NOT NULL",
  ],
])('%s', (sql, expected) => {
  expect(normaliseSql(sql, SCHOOL)).toBe(expected)
})
