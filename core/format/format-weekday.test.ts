import { expect, test } from 'vitest'
import { formatWeekday } from './format-weekday.ts'

test.each([
  ['0', "strftime('%w', orders.day)", 'en-US', 'Sunday'],
  ['6', "STRFTIME('%w', day)", 'de-DE', 'Samstag'],
  ['7', "strftime('%w', day)", 'en-US', null],
  ['0', "strftime('%m', day)", 'en-US', null],
  [0, 'weekday', 'en-US', null],
])('%s under %s in %s is %s', (value, heading, locale, text) => {
  expect(formatWeekday(value, heading, locale)).toBe(text)
})
