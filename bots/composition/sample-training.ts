import type { Config } from '#core/config.ts'
import { createDraws } from '#databases/sample/draws.ts'
import { isHeldBack } from '#eval/datasets/held-back.ts'
import { readSpider } from '#eval/datasets/spider.ts'
import { openScorer } from '#eval/score/open-scorer.ts'
import { shuffled } from '#models/finetune/export/vary-schema.ts'
import { type Sampling, sampleTraining } from '#models/finetune/sample/sample-training.ts'
import type { ModelIdentity } from '#models/generator.ts'
import { checkModelFile } from '#models/local/model-file.ts'
import { findModelFiles } from '#models/open-generator.ts'
import type { Terminal } from '../cli/host.ts'
import type { SampleFlags } from '../cli/training-host.ts'
import { createClosing } from '../closing.ts'
import { openDatasetRooms } from './open-dataset-rooms.ts'
import { openModel, places } from './open-rooms.ts'

/** Has the model in use, or a teacher, answer train questions several times over; what its results prove right is written for training. */
export async function writeSamples(
  file: string,
  { spider, limit, samples, teacher, judgedBy: judging, seed }: SampleFlags & { spider: string },
  { config, terminal, signal }: { config: Config; terminal: Terminal; signal: AbortSignal },
): Promise<Sampling> {
  const all = (await readSpider(spider, 'train')).filter(({ database }) => !isHeldBack(database))
  const closing = createClosing()
  try {
    const { open } = await openDatasetRooms(config, closing, signal)
    const generator = await openModel(teacher === undefined ? config : { ...config, model: teacher, adapter: 'off' }, {
      signal,
    })
    closing.add(() => generator.close())
    const scorer = openScorer({ processes: 1 })
    closing.add(() => scorer.close())
    const chosen = shuffled(all, createDraws(seed)).slice(0, limit ?? all.length)
    const parts = {
      cases: chosen.map(({ accepted: [sql = ''], ...one }) => ({ ...one, sql })),
      open,
      generator,
      base: teacher === undefined ? baseOf(generator.identity) : await studentOf(config),
      samples,
      judging,
      isRight: async (pair: { gold: string; predicted: string; file: string }) =>
        (await scorer.scoreEx(pair, signal)).verdict === 'right',
      seed,
      now: new Date(),
      signal,
      print: (line: string) => terminal.notice(`${line}\n`),
    }
    return await sampleTraining(parts, file)
  } finally {
    await closing.close()
  }
}

function baseOf({ name, hash }: ModelIdentity) {
  return { name, hash }
}

/** The model that learns from a teacher, without loading it. */
async function studentOf(config: Config): Promise<{ name: string; hash: string }> {
  const { file, hash } = await findModelFiles({
    ...config,
    modelsDirectory: places(config.home).models,
    adapter: 'off',
  })
  const found = await checkModelFile(file)
  return { name: found.name, hash: hash ?? found.hash }
}
