import { expect, test } from 'vitest'
import { saidAs } from './said-as.ts'

test.each([
  ['freshman', 'How many freshmen are there?', 'freshmen'],
  ['freshmen', 'Is every freshman enrolled?', 'freshman'],
  ['active customer', 'Count the active customers in France', 'active customers'],
  ['company', 'which companies pay late', 'companies'],
  ['person', 'people per city', 'people'],
  ['child', 'orders with children', 'children'],
  ['analysis', 'list all analyses', 'analyses'],
  ['criterion', 'criteria by weight', 'criteria'],
  ['alumnus', 'alumni by year', 'alumni'],
  ['half', 'both halves', 'halves'],
  ['VIP', 'how many VIPs', 'vips'],
  ['drop-out', 'how many drop-outs', 'drop outs'],
  ['net revenue', 'netRevenue per month', 'net revenue'],
])('“%s” stands in “%s”', (term, text, said) => {
  expect(saidAs(term, text)).toBe(said)
})

test.each([
  ['active customer', 'customers who are active'],
  ['churn', 'how much do we churned'],
  ['man', 'manual orders'],
  ['?!', 'anything?!'],
])('“%s” does not stand in “%s”', (term, text) => {
  expect(saidAs(term, text)).toBeNull()
})
