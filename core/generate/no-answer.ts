/**
 * What a model that was trained to say so writes in place of a query where the schema does not hold what is asked for. A comment of SQL, which
 * no query begins with.
 */
export const NO_ANSWER = '-- missing:'

/** The text that says what is missing: `-- missing: phone number`. */
export function sayMissing(name: string): string {
  return `${NO_ANSWER} ${name}`
}
