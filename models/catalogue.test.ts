import { expect, test } from 'vitest'
import { CATALOGUE, catalogueFile, findInCatalogue } from './catalogue.ts'

test('the ladder goes up from 0.5 to 7 billion parameters, each step needing more', () => {
  expect(CATALOGUE.map(({ parametersB }) => parametersB)).toEqual([0.5, 1.5, 7.6])
  for (const [index, entry] of CATALOGUE.slice(1).entries()) {
    expect(entry.sizeMb).toBeGreaterThan(CATALOGUE[index]?.sizeMb as number)
    expect(entry.memoryMb).toBeGreaterThan(entry.sizeMb)
  }
  expect(new Set(CATALOGUE.map(({ name }) => name)).size).toBe(CATALOGUE.length)
})

test('entries are found by name, and their files lie in the folder for models', () => {
  const entry = findInCatalogue('qwen2.5-coder-1.5b')
  expect(entry?.repository).toBe('Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF')
  expect(entry && catalogueFile(entry, '/models')).toBe('/models/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf')
  expect(findInCatalogue('embedded')).toBeUndefined()
})
