import { expect, test } from 'vitest'
import type { Column, Table } from '#databases/schema/schema.ts'
import { exampleQuestions } from './example-questions.ts'

const now = new Date('2026-11-28T12:00:00Z')

test('examples ask for this year only where the data reach it, and never by a column that differs in every row', () => {
  const examples = (max: string, species: string[]) =>
    exampleQuestions({ tables: [pets([born(max), column('species', species)], 4)] }, now)
  expect(examples('2026-03-01', ['dog', 'cat'])).toEqual([
    'How many pets are there?',
    'How many pets per month this year?',
    'How many pets per species?',
  ])
  expect(examples('1870-01-01', ['dog', 'cat', 'newt'])).toEqual([
    'How many pets are there?',
    'How many pets per year?',
  ])
})

test('where there are only views or empty tables, their rows can be counted', () => {
  const view: Table = { ...pets([column('species', ['dog', 'cat'])], 0), kind: 'view', rowCount: null }
  expect(exampleQuestions({ tables: [view] }, now)).toEqual(['How many pets are there?'])
  expect(exampleQuestions({ tables: [pets([column('species', [])], 0)] }, now)).toEqual(['How many pets are there?'])
})

const column = (name: string, values: string[]): Column => {
  return { name, type: 'TEXT', notNull: false, values, valuesComplete: true }
}

const born = (max: string): Column => {
  return { ...column('born_on', ['1818-01-01', max]), dateFormat: 'date', range: { min: '1818-01-01', max } }
}

function pets(columns: Column[], rowCount: number): Table {
  return {
    name: 'pets',
    kind: 'table',
    columns,
    primaryKey: [],
    foreignKeys: [],
    uniqueKeys: [],
    indexes: [],
    rowCount,
  }
}
