import { writeFile } from 'node:fs/promises'
import type { Config } from '#core/config.ts'
import { promptVersion } from '#core/prompt/render-prompt.ts'
import { findModelFiles } from '#models/open-generator.ts'
import type { Flags, Terminal } from '../cli/host.ts'
import type { TrainingHost } from '../cli/training-host.ts'
import { writeTraining } from './export-training.ts'
import { places } from './open-rooms.ts'

type Parts = { configFrom: (flags: Flags) => Config; terminal: Terminal }

/** What the commands for fine-tuning do. */
export function trainingHost({ configFrom, terminal }: Parts): TrainingHost {
  return {
    export: (file, flags, signal) => writeTraining(file, flags, { config: configFrom(flags), terminal, signal }),
    async logits(data, file, { prompts, mostTokens, ...flags }, signal) {
      const { readLogits } = await import('#models/finetune/check/read-logits.ts')
      const config = configFrom(flags)
      const model = await findModelFiles({ ...config, modelsDirectory: places(config.home).models })
      const asked = { data, prompts, mostTokens, model, promptVersion: promptVersion(), signal }
      const read = await readLogits({ ...asked, gpu: config.gpu, threads: config.threads })
      await writeFile(file, JSON.stringify(read))
      return { prompts: read.length }
    },
  }
}
