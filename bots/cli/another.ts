/** Parser of an option that may be given several times: a list of one value each would swallow the arguments that follow it. */
export function another(value: string, before: string[] = []): string[] {
  return [...before, value]
}
