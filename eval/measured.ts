import type { AskSettings } from '#core/ask-settings.ts'
import type { Asker } from '#core/question.ts'
import type { OpenDatabase } from '#databases/registry/open-database.ts'
import type { SensitiveColumn } from '#databases/sandbox/executor.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import type { Generator } from '#models/generator.ts'
import type { Asking, Clocks } from './ask-once.ts'
import type { RunSetup } from './run/run-setup.ts'

/** What is measured, opened by whoever starts the measurement. */
export type Measured = {
  generator: Generator
  /** The very pipeline that answers people, over a model, with some settings and the clocks changed. */
  assistantOver: (generator: Generator, settings?: Partial<AskSettings>, clocks?: Clocks) => Asking
  databases: {
    borrow(path: string, hidden?: SensitiveColumn[]): Promise<string>
    open(id: string): Promise<OpenDatabase>
  }
  asker: Asker
  /** Where runs are remembered. */
  store: EvaluationStore
  settings: RunSetup['settings'] & { effort: AskSettings['effort'] }
  gpu: string
  print: (line: string) => void
  /** One line that replaces the last one; nothing where no person watches. */
  progress: (line: string) => void
  signal: AbortSignal
}
