import { expect, test } from 'vitest'
import { jsonErrorLine } from './json-error-line.ts'

test.each([
  ['NaN', '[\n{"a":\nNaN},\n{"b": 1}\n]', 3],
  ['single quotes', "[\n{'a': 1},\n{}\n]", 2],
  ['a bare word', '[\n{"a": yes},\n{}\n]', 2],
  ['a word that only begins well', '[\ntrue,\nnullx,\n1]', 3],
  ['a comma too many in a list', '[\n1,\n]\n\n', 3],
  ['a comma too many in an object', '[{"a": 1,\n},\n1]', 2],
  ['a comma too few', '[{"a": 1}\n{"a": 2},\n1]', 2],
  ['a colon too few', '[\n{"a" 1},\n1]', 2],
  ['a key that is no string', '[\n{1: 2},\n1]', 2],
  ['another bracket', '[\n{"a": 1],\n1]', 2],
  ['a line break in a string', '[\n"a\nb",\n1]', 2],
  ['an escape that there is not', '[\n"\\x",\n1]', 2],
  ['a number that begins with 0', '[\n012,\n1]', 2],
  ['something behind the end', '[\n1]\n\nx\n', 4],
  ['an end that is missing', '[\n1,\n{"a": 2', 3],
  ['nothing', '', 1],
])('%s', (_, text, line) => {
  expect(() => JSON.parse(text)).toThrow()
  expect(jsonErrorLine(text)).toBe(line)
})

test('what is right is read to its end', () => {
  const value = { a: [-1.5e-7, 'é\u007f"\\\n', true, null, {}, []], 'b c': { d: [[0]] } }
  expect(jsonErrorLine(`${JSON.stringify(value, null, 2)}\n`)).toBe(18)
})
