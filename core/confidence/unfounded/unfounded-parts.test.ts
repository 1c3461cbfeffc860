import { expect, test } from 'vitest'
import { plainColumn, schemaOf, table } from '../../testing/school-schema.ts'
import { unfoundedParts } from './unfounded-parts.ts'

const courses = table('courses', 'id! INTEGER', 'dept_name TEXT', 'credits INTEGER', 'room_number INTEGER')
const schools = table('schools', 'id! INTEGER', 'name TEXT', 'colors TEXT', 'home_city TEXT', 'pupil_count INTEGER')
const schema = schemaOf(
  { ...courses, columns: [...courses.columns, plainColumn('begun', 'TEXT', { dateFormat: 'date' })] },
  table('departments', 'id! INTEGER', 'dept_name TEXT'),
  {
    ...schools,
    columns: [...schools.columns, plainColumn('kind', 'TEXT', { values: ['private', 'public'], valuesComplete: true })],
  },
)

test.each([
  ['denominations of the schools', 'SELECT colors FROM schools', ['schools.colors']],
  [
    'how many schools are there of each kind',
    'SELECT colors, count(*) FROM schools GROUP BY colors',
    ['schools.colors'],
  ],
  ['in which city is each school', 'SELECT name, home_city FROM schools', []],
  ['where are the schools', 'SELECT home_city FROM schools', []],
  ['all schools', 'SELECT name FROM schools', []],
  ['all schools', 'SELECT id, colors FROM schools', []],
  ['what do we know of schools far away', 'SELECT id, colors, pupil_count FROM schools', []],
  ['private schools', "SELECT name FROM schools WHERE kind = 'private'", []],
  ['schools with more than 9 pupils', 'SELECT name FROM schools WHERE pupil_count > 9', []],
  ['titles of the schools', 'SELECT id FROM schools', ['schools.id']],
  ['ids of the schools', 'SELECT id FROM schools', []],
  ['how many schools', 'SELECT count(DISTINCT id) FROM schools', []],
  ['which courses began last', 'SELECT id, dept_name FROM courses ORDER BY begun DESC', ['courses.id']],
])('%s: columns that nobody asked for in %s', (asked, sql, wanted) => {
  expect(unfoundedParts({ question: asked, accounted: [] }, sql, schema)).toEqual(wanted)
})

test.each([
  ['title of each course', 'SELECT dept_name FROM courses', ['title']],
  ['course titles', 'SELECT dept_name FROM courses', ['title']],
  ['name of each department', 'SELECT dept_name FROM departments', []],
  ['name of the department of each course', 'SELECT dept_name FROM courses', []],
])('%s: attributes of another thing in %s', (asked, sql, wanted) => {
  expect(unfoundedParts({ question: asked, accounted: [] }, sql, schema)).toEqual(wanted)
})

test.each([
  [
    'rooms of courses with room for fewer than 50',
    'SELECT room_number FROM courses WHERE room_number < 50',
    ['room_number'],
  ],
  ['mean kind of schools', 'SELECT avg(kind) FROM schools', ['kind']],
  ['courses in room number 50', 'SELECT dept_name FROM courses WHERE room_number = 50', []],
  ['courses with fewer than 5 credits', 'SELECT dept_name FROM courses WHERE credits < 5', []],
  ['mean credits of courses', 'SELECT avg(credits) FROM courses', []],
])('%s: labels taken for amounts in %s', (asked, sql, wanted) => {
  expect(unfoundedParts({ question: asked, accounted: [] }, sql, schema)).toEqual(wanted)
})

test('what cannot be read has no such part', () => {
  expect(unfoundedParts({ question: 'titles', accounted: [] }, 'SELECT FROM', schema)).toEqual([])
})

test('what a period or a value accounts for calls for no column', () => {
  const asked = { question: 'schools of last week', accounted: ['last week'] }
  expect(unfoundedParts(asked, 'SELECT id, colors FROM schools', schema)).toEqual([])
})
