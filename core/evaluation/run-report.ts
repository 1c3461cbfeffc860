/** A share of n cases in percent, and the interval in which it lies with 95 % confidence (Wilson). */
export type Share = { hits: number; n: number; percent: number; low: number; high: number }

/** What a run measured, and with what. Texts are plain and untrusted. */
export type RunFacts = {
  id: string
  groupId: string
  dataset: string
  label: string
  kind: 'manual' | 'nightly' | 'check'
  status: 'running' | 'finished' | 'stopped' | 'failed'
  /** Why it failed, in words; null where it did not. */
  failure: string | null
  pinned: boolean
  startedAt: string
  finishedAt: string | null
  planned: number
  done: number
  /** Right so far, in percent of what is done. */
  percent: number | null
  model: string
  /** Settings, hashes and hardware, as pairs of name and value. */
  setup: { name: string; value: string }[]
}

/** A case on which two runs differ, with both queries. */
export type ChangedCase = {
  ordinal: number
  database: string
  question: string
  gold: string
  before: string | null
  after: string | null
}

/** Two runs on the cases that both have. `change` is in points; `p` that of the exact McNemar test. */
export type Comparison = {
  against: RunFacts
  n: number
  before: number
  after: number
  change: number
  broken: number
  fixed: number
  p: number
  isSignificant: boolean
  /** 95 % interval of the change over databases (cluster bootstrap); null for one database. */
  overDatabases: { low: number; high: number } | null
  newlyBroken: ChangedCase[]
  newlyFixed: ChangedCase[]
}

/** How many queries were right after a stage, and what it won and lost against the one before. */
export type StageRow = { stage: string; right: number; won: number; lost: number }

/** Everything that a run says about itself. */
export type RunReport = {
  run: RunFacts
  /** True where the run has not asked all that was planned. */
  isPartial: boolean
  /** Execution accuracy: abstentions and failures count as wrong. */
  ex: Share
  /** Test-suite accuracy on those that have distilled databases; null where it was not measured. */
  ts: Share | null
  /** 95 % interval of `ex` over databases (cluster bootstrap); null for one database. */
  exOverDatabases: { low: number; high: number } | null
  shares: { name: string; n: number; percent: number }[]
  hardness: { name: string; share: Share }[]
  /** Worst first. */
  databases: { name: string; share: Share }[]
  faults: { name: string; n: number }[]
  latency: { p50Ms: number; p95Ms: number }
  tokensPerSecond: number | null
  stages: StageRow[]
  comparison: Comparison | null
}
