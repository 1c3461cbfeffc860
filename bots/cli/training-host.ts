import type { Flags } from './host.ts'

/** What fine-tuning needs of Rowbot. */
export type TrainingHost = {
  /** Gives how many examples of which source were written. */
  export(file: string, flags: ExportFlags, signal: AbortSignal): Promise<Record<string, number>>
  /** Writes what llama.cpp makes of exported examples. Gives how many there were. */
  logits(data: string, file: string, flags: LogitsFlags, signal: AbortSignal): Promise<{ prompts: number }>
}

/** What is exported for training, and from where. */
export type ExportFlags = Flags & {
  spider: string
  bird?: string
  wikisql?: string
  /** Whether answers that people have verified here are trained on too. */
  verified: boolean
  format: 'rowbot' | 'alpaca' | 'sharegpt'
  /** The held-back databases instead of all others: for early stopping, never for training. */
  heldBack: boolean
  seed: number
}

export type LogitsFlags = Flags & { prompts: number; mostTokens: number }
