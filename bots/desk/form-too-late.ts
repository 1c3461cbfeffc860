import { RowbotError } from '#core/rowbot-error.ts'

/** Platforms open a form within seconds of what asks for it, and once. */
export function formTooLate(cause: unknown): RowbotError {
  const message = 'The form came too late, so it was not opened.'
  return new RowbotError({ code: 'form-too-late', message, advice: 'Do the same once more.', cause })
}
