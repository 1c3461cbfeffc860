/** Whether a column of that declared type holds numbers. A POINT is none, though SQLite would store it as one. */
export function holdsNumbers(type: string | undefined): boolean {
  return /(?<!PO)INT(?!ERVAL)|REAL|NUM|DEC|FLOA|DOUB/i.test(type ?? '')
}
