import { expect, test } from 'vitest'
import { askedChart } from './asked-chart.ts'

test.each([
  ['revenue per country as a bar chart', 'bar', 'revenue per country'],
  ['as a bar chart', 'bar', ''],
  ['Show it as bars, please', 'bar', ''],
  ['can you plot that as a line chart?', 'line', ''],
  ['orders per month, as a line', 'line', 'orders per month'],
  ['orders per country in a pie chart', 'bar', 'orders per country'],
  ['now as a table', 'table', ''],
  ['only in France as a column chart', 'bar', 'only in France'],
])('%s', (question, view, rest) => {
  expect(askedChart(question)).toEqual({ view, rest })
})

test.each([
  'how many orders have more than three lines',
  'orders with lines that were returned',
  'which bars are open on Monday',
  'products in a list of favourites',
  'rows in table orders',
])('%s asks for no view', (question) => {
  expect(askedChart(question)).toBeNull()
})
