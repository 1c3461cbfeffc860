import { readFile, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { resolve } from 'node:path'
import type { Config } from '#core/config.ts'
import { promptVersion } from '#core/prompt/render-prompt.ts'
import { spiderFolder } from '#eval/datasets/spider-folder.ts'
import { describeHardware } from '#models/hardware.ts'
import { findModelFiles } from '#models/open-generator.ts'
import type { Flags, Terminal } from '../cli/host.ts'
import type { TrainingHost } from '../cli/training-host.ts'
import { places } from './open-rooms.ts'
import { writeSamples } from './sample-training.ts'

type Parts = { configFrom: (flags: Flags) => Config; terminal: Terminal }

/** What the commands for fine-tuning do. */
export function trainingHost({ configFrom, terminal }: Parts): TrainingHost {
  /** Flags with the folder of Spider filled in. One that is named need hold no more than its train part. */
  const withSpider = async <T extends Flags & { spider?: string }>(flags: T) => {
    const { spiderFolder: set, home } = configFrom(flags)
    return { ...flags, spider: flags.spider ?? (await spiderFolder(undefined, set ?? places(home).spider)) }
  }
  return {
    export: async (file, given, signal) => {
      const flags = await withSpider(given)
      const { writeTraining } = await import('./export-training.ts')
      return writeTraining(file, flags, { config: configFrom(flags), terminal, signal })
    },
    sample: async (file, given, signal) => {
      const flags = await withSpider(given)
      return writeSamples(file, flags, { config: configFrom(flags), terminal, signal })
    },
    async logits(data, file, { prompts, mostTokens, ...flags }, signal) {
      const { readLogits } = await import('#models/finetune/check/read-logits.ts')
      const config = configFrom(flags)
      const model = await findModelFiles({ ...config, modelsDirectory: places(config.home).models })
      const asked = { data, prompts, mostTokens, model, promptVersion: promptVersion(), signal }
      const read = await readLogits({ ...asked, gpu: config.gpu, threads: config.threads })
      await writeFile(file, JSON.stringify(read))
      return { prompts: read.length }
    },
    async doctor({ python, data, ...flags }, signal) {
      const { diagnoseTraining } = await import('#models/finetune/doctor/diagnose-training.ts')
      const config = configFrom(flags)
      const modelsDirectory = places(config.home).models
      // A model on a server cannot be trained here.
      const model = config.model === 'server' ? 'embedded' : config.model
      const { file: base } = await findModelFiles({ ...config, model, modelsDirectory, adapter: 'off' })
      const { cores, memoryBytes, freeMemoryBytes } = await describeHardware()
      const asked = { ...(python && { python }), ...(data && { data: resolve(data) }) }
      const [load = 0] = loadavg()
      return diagnoseTraining({ base, ...asked, cores, memoryBytes, freeMemoryBytes, load, signal })
    },
    async chart(metrics, file) {
      const { drawMetrics } = await import('#models/finetune/chart/draw-metrics.ts')
      await writeFile(file, await drawMetrics(await readFile(metrics, 'utf8')))
    },
  }
}
