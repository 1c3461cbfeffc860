import type { SensitiveColumn } from '../sandbox/executor.ts'
import { splitWords } from '../schema/date-format.ts'

/** Columns that are kept back unless somebody says otherwise, and columns that somebody should think about. */
export type SensitiveNames = { secret: SensitiveColumn[]; personal: SensitiveColumn[] }

/**
 * Judges columns by their names: secrets (passwords, tokens, keys, their hashes) and personal numbers (tax, bank, card,
 * passport).
 */
export function findSensitiveNames(columns: SensitiveColumn[]): SensitiveNames {
  const matching = (pattern: RegExp) => columns.filter(({ column }) => pattern.test(splitWords(column)))
  const secret = matching(secretWords)
  return { secret, personal: matching(personalWords).filter((column) => !secret.includes(column)) }
}

const secretWords = new RegExp(
  `\\b(${[
    'passwords?|passwd|pwd|passphrase|passcode|pass ?word|passw',
    'secrets?|secret key|client secret|(api|private|encryption|signing|access|auth|license) ?keys?|apikey',
    'token|otp|totp|mfa|credentials?',
    '(password|pass|pw|pwd|token|secret|otp|pin) hash(ed)?|(?<!.)hash|salt|pin|pin code|security (question|answer)|cvv|cvc',
  ].join('|')})$`,
)

const personalWords = new RegExp(
  `\\b(${[
    'ssn|social security|national id|tax (id|number|no)|vat id|steuer(nummer| id)|passport( (no|number))?',
    'iban|bic|account (no|number|nr)|routing (no|number)|(credit )?card (no|number|num|nr)|credit card|ccn',
    'date of birth|dob|birth ?date|birthday|salary|wage|diagnosis|driver.?s? licen[sc]e( (no|number))?',
    'e ?mail( address)?|phone( (no|number))?|mobile|telephone|ip( address)?',
  ].join('|')})$`,
)
