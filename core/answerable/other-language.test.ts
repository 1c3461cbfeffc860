import { expect, test } from 'vitest'
import { leavesOut } from './other-language.ts'

test.each([
  ['Wie viele Kunden gibt es?', 'SELECT count(*) FROM customers', false],
  ['Wie viele Bestellungen gab es letzte Woche?', 'SELECT count(*) FROM orders', true],
  ['Wie viele Bestellungen gab es 2025?', 'SELECT count(*) FROM orders', true],
  ['Umsatz pro Monat', "SELECT strftime('%Y-%m', order_date), sum(total) FROM orders GROUP BY 1", false],
  ['Umsatz pro Monat', 'SELECT sum(total) FROM orders', true],
  ['Welche Kunden haben nie bestellt?', 'SELECT name FROM customers', true],
  [
    'Welche Kunden haben nie bestellt?',
    'SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)',
    false,
  ],
  ['Quels sont les produits les plus chers ?', 'SELECT name FROM products', true],
  ['Quels sont les produits les plus chers ?', 'SELECT name FROM products ORDER BY price DESC', false],
  ['¿Cuál es el precio promedio?', 'SELECT price FROM products', true],
  ['Quanti clienti ci sono?', 'SELECT name FROM customers', true],
  ['Alle Kunden aus Berlin', "SELECT name FROM customers WHERE city = 'Berlin'", false],
])('%s with %s leaves something out: %s', (question, sql, expected) => {
  expect(leavesOut(question, sql)).toBe(expected)
})
