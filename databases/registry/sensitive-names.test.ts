import { describe, expect, it } from 'vitest'
import { findSensitiveNames } from './sensitive-names.ts'

function judge(column: string): string {
  const { secret, personal } = findSensitiveNames([{ table: 't', column }])
  if (secret.length > 0) return 'secret'
  return personal.length > 0 ? 'personal' : 'plain'
}

describe('findSensitiveNames', () => {
  it.each([
    'password',
    'user_password',
    'passwordHash',
    'PWD',
    'api_key',
    'apiKey',
    'client_secret',
    'accessToken',
    'refresh_token',
    'salt',
    'hash',
    'pin',
    'cvv',
    'private_key',
    'otp',
    'login_password',
  ])('keeps %s back', (name) => expect(judge(name)).toBe('secret'))

  it.each([
    'ssn',
    'iban',
    'card_number',
    'creditCardNumber',
    'passport_no',
    'email',
    'phone',
    'date_of_birth',
    'salary',
  ])('asks about %s', (name) => expect(judge(name)).toBe('personal'))

  it.each([
    'name',
    'passenger',
    'passing_yards',
    'keyboard',
    'primary_key',
    'tokens_used',
    'secretary',
    'commit_hash',
    'pinned',
    'opinion',
    'company',
    'card_type',
    'emails_sent',
    'salted_butter',
    'country_code',
    'pass_date',
  ])('leaves %s alone', (name) => expect(judge(name)).toBe('plain'))
})
