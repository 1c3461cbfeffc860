import type { Finding } from '../finding.ts'
import type { Flags } from './host.ts'

/** What fine-tuning needs of Rowbot. */
export type TrainingHost = {
  /** Gives how many examples of which source were written. */
  export(file: string, flags: ExportFlags, signal: AbortSignal): Promise<Record<string, number>>
  /** Writes what can be learnt from a model's own samples. Gives what was done. */
  sample(
    file: string,
    flags: SampleFlags,
    signal: AbortSignal,
  ): Promise<{ asked: number; before: number; examples: number }>
  /** Writes what llama.cpp makes of exported examples. Gives how many there were. */
  logits(data: string, file: string, flags: LogitsFlags, signal: AbortSignal): Promise<{ prompts: number }>
  /** What this machine can train, and how long it will take. */
  doctor(flags: TrainDoctorFlags, signal: AbortSignal): Promise<Finding[]>
  /** Draws the metrics of a run as SVG. */
  chart(metrics: string, file: string): Promise<void>
}

/** What is exported for training, and from where: `spider` is the folder of Spider, if that is not where `eval get` puts it. */
export type ExportFlags = Flags & {
  spider?: string
  bird?: string
  wikisql?: string
  /** Whether answers that people have verified here are trained on too. */
  verified: boolean
  format: 'rowbot' | 'alpaca' | 'sharegpt'
  /** The held-back databases instead of all others: for early stopping, never for training. */
  heldBack: boolean
  seed: number
}

/** `teacher` is a model that writes instead of the one in use, for which the samples are. */
export type SampleFlags = Flags & {
  spider?: string
  limit: number | null
  samples: number
  teacher?: string
  judgedBy: 'gold' | 'vote'
  seed: number
}

export type LogitsFlags = Flags & { prompts: number; mostTokens: number }

/** `python` is the interpreter to look at, `data` what is to be trained on. */
export type TrainDoctorFlags = Flags & { python?: string; data?: string }
