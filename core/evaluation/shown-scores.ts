/** Scores ready to be printed: a table, lines below it, and the figures for programs. */
export type ShownScores = { table: string[][]; notes: string[]; figures: Record<string, number | null> }
