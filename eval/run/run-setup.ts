import { cpus, totalmem } from 'node:os'
import { z } from 'zod'
import { promptVersion } from '#core/prompt/render-prompt.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import type { ModelIdentity } from '#models/generator.ts'
import { availableCores } from '#models/hardware.ts'
import about from '../../package.json' with { type: 'json' }
import { BASELINES, type Configuration } from './configuration.ts'
import { gitRevision } from './git-revision.ts'

const setup = z.object({
  version: z.string(),
  /** Of git, with a hash of what was changed since; null outside of a checkout. */
  revision: z.string().nullable(),
  promptVersion: z.string(),
  model: z.object({ name: z.string(), hash: z.string(), adapter: z.string().nullable(), contextTokens: z.number() }),
  data: z.object({
    name: z.string(),
    hash: z.string(),
    limit: z.number().nullable(),
    seed: z.number(),
    /** Of the databases that are asked; null where that was not noted. */
    databases: z.string().nullable().default(null),
    /** Where it was read, unless it is a split of Spider or one's own cases. */
    files: z.object({ data: z.string(), databases: z.string() }).nullable().default(null),
  }),
  configuration: z.object({
    label: z.string(),
    baseline: z.enum(BASELINES).nullable().default(null),
    effort: z.enum(['fast', 'balanced', 'thorough']),
    without: z.array(z.string()),
  }),
  settings: z.record(z.string(), z.unknown()),
  suite: z.boolean(),
  parallel: z.number(),
  hardware: z.object({ cpu: z.string(), cores: z.number(), memoryGb: z.number(), node: z.string(), gpu: z.string() }),
})

/** Everything that is needed to repeat a run. */
export type RunSetup = z.output<typeof setup>

/** A setup as it was remembered. */
export function readSetup(remembered: unknown): RunSetup {
  return setup.parse(remembered)
}

export type SetupParts = {
  identity: ModelIdentity
  data: RunSetup['data']
  configuration: Configuration
  settings: RunSetup['settings']
  gpu: string
  suite: boolean
  parallel: number
}

export function describeSetup({ identity, data, configuration, settings, gpu, suite, parallel }: SetupParts): RunSetup {
  const { name, hash, adapter, contextTokens } = identity
  const hardware = {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableCores(),
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
    gpu,
  }
  return {
    version: about.version,
    revision: gitRevision(),
    promptVersion: promptVersion(),
    model: { name, hash, adapter: adapter ?? null, contextTokens },
    data,
    configuration,
    settings,
    suite,
    parallel,
    hardware,
  }
}

/** Throws a RowbotError where a run would go on with something else than it began with: its score would be of neither. */
export function refuseChange(before: RunSetup, now: RunSetup): void {
  const changes = changesBetween(before, now)
  if (changes.length === 0) return
  const said = changes.map(({ name, of }) => `${name} (was ${show(of(before))}, is ${show(of(now))})`)
  throw new RowbotError({
    code: 'run-changed',
    message: `This run cannot go on, since something has changed since it began: ${said.join('; ')}.`,
    advice: 'Resume it with what it began with, or start a new run.',
  })
}

/** Whether two runs differ in nothing but their configuration and the machine. */
export function sameButConfiguration(one: RunSetup, other: RunSetup): boolean {
  // The settings say at which effort people are answered: a configuration has its own.
  const { effort } = one.settings
  return changesBetween(one, { ...other, settings: { ...other.settings, effort } }).length === 0
}

function changesBetween(before: RunSetup, now: RunSetup): typeof CHECKED {
  return CHECKED.filter(({ of }) => {
    const [was, is] = [of(before), of(now)]
    return was !== NOT_NOTED && JSON.stringify(was) !== JSON.stringify(is)
  })
}

/** What runs of earlier versions did not note cannot be compared. */
const NOT_NOTED = Symbol('not noted')

const CHECKED: { name: string; of: (setup: RunSetup) => unknown }[] = [
  { name: 'the model', of: ({ model }) => `${model.name} ${model.hash.slice(0, 12)}` },
  { name: 'the adapter', of: ({ model }) => model.adapter },
  { name: 'the prompt', of: (one) => one.promptVersion },
  { name: 'the code', of: (one) => one.revision ?? one.version },
  { name: 'the data', of: ({ data }) => `${data.name} ${data.hash}` },
  { name: 'the databases', of: ({ data }) => data.databases ?? NOT_NOTED },
  { name: 'the settings', of: (one) => one.settings },
]

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
