import { expect, test } from 'vitest'
import { schemaOf, table } from '../testing/school-schema.ts'
import { findMissing } from './find-missing.ts'

const tries = (name: string) =>
  Array.from({ length: 2 }, () => ({ unknownNames: [{ name, kind: 'column' as const, near: [] }] }))

test('what is asked for and tried again and again is missing, unless a column is called so in other words', () => {
  const clients = schemaOf(table('clients', 'id! INTEGER', 'nm TEXT', 'tel TEXT', 'sal REAL', 'home_town TEXT'))
  const missing = (question: string, name: string) => findMissing(tries(name), question, clients)
  expect(missing('What is the phone number of Acme?', 'phone_number')).toBeNull()
  expect(missing('What is the wage of Acme?', 'wage')).toBeNull()
  expect(missing('What is the home address of Acme?', 'home_address')).toBe('home address')
  expect(missing('What is the shoe size of Acme?', 'shoe_size')).toBe('shoe size')
  expect(missing('What is the post code of Acme?', 'post_code')).toBe('post code')
})
