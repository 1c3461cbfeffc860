import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTextStream } from './text-stream.ts'

test('passes text on as it grows', () => {
  const pieces: string[] = []
  const stream = createTextStream([], (piece) => pieces.push(piece))
  stream.update('SELECT')
  stream.update('SELECT name')
  expect(pieces).toEqual(['SELECT', ' name'])
  expect(stream.finish()).toBe('SELECT name')
})

test('holds back a character whose bytes are not all there', () => {
  const pieces: string[] = []
  const stream = createTextStream([], (piece) => pieces.push(piece))
  stream.update("name = 'M\uFFFD")
  stream.update("name = 'Mü\uFFFD\uFFFD")
  stream.update("name = 'Mü🙂'")
  expect(pieces).toEqual(["name = 'M", 'ü', "🙂'"])
})

test('passes on a replacement character that the model itself wrote', () => {
  const pieces: string[] = []
  const stream = createTextStream([], (piece) => pieces.push(piece))
  stream.update('a\uFFFD')
  stream.update('a\uFFFDb')
  stream.update('a\uFFFDb\uFFFD')
  expect(stream.finish()).toBe('a\uFFFDb\uFFFD')
  expect(pieces.join('')).toBe('a\uFFFDb\uFFFD')
})

test('ends before the first stop text and never shows the beginning of one', () => {
  const pieces: string[] = []
  const stream = createTextStream(['```', ';'], (piece) => pieces.push(piece))
  expect(stream.update('SELECT 1\n`')).toBe(false)
  expect(stream.update('SELECT 1\n``')).toBe(false)
  expect(pieces.join('')).toBe('SELECT 1\n')
  expect(stream.update('SELECT 1\n```; and more')).toBe(true)
  expect(stream.finish()).toBe('SELECT 1\n')
  expect(pieces.join('')).toBe('SELECT 1\n')
})

test('gives back what looked like the beginning of a stop text and was not', () => {
  const pieces: string[] = []
  const stream = createTextStream(['END'], (piece) => pieces.push(piece))
  for (const text of ['a E', 'a EN', 'a ENGINE']) stream.update(text)
  expect(stream.finish()).toBe('a ENGINE')
  expect(pieces.join('')).toBe('a ENGINE')
})

test('whatever way the text grows, the pieces are the text before the first stop', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'ü', '🙂', '\n'), maxLength: 30 })
  const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 1, maxLength: 3 }), {
    maxLength: 3,
  })
  fc.assert(
    fc.property(letters, stops, (whole, stop) => {
      const pieces: string[] = []
      const stream = createTextStream(stop, (piece) => pieces.push(piece))
      const bytes = Buffer.from(whole)
      for (let end = 1; end <= bytes.length; end++)
        if (stream.update(new TextDecoder().decode(bytes.subarray(0, end)))) break
      // The stop text that is whole first ends the text, though a longer one may have begun before it.
      const read = whole.slice(0, Math.min(whole.length, ...stop.flatMap((one) => endOf(whole, one))))
      const expected = read.slice(0, Math.min(read.length, ...stop.flatMap((one) => startOf(read, one))))
      expect(stream.finish()).toBe(expected)
      expect(pieces.join('')).toBe(expected)
      expect(pieces.every((piece) => piece.isWellFormed())).toBe(true)
    }),
    { examples: [['b\n\n', ['b\n\n', '\n']]] },
  )
})

function startOf(text: string, part: string): number[] {
  const at = text.indexOf(part)
  return at < 0 ? [] : [at]
}

function endOf(text: string, part: string): number[] {
  return startOf(text, part).map((at) => at + part.length)
}
