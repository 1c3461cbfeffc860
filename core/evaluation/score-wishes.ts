/** How predictions are to be scored. What is not named is Spider dev's own. */
export type ScoreWishes = {
  spider?: string
  gold?: string
  dbDir?: string
  suiteDir?: string
  tables?: string
  ts: boolean
  asReference: boolean
  plugValue: boolean
  keepDistinct: boolean
  rule: 'spider' | 'bird'
}
