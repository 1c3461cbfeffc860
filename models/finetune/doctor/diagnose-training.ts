import { z } from 'zod'
import { findPython, type Python, runProgram } from './find-python.ts'

/** One thing that was looked at: fine, or not and what to do. */
export type TrainingFinding = { ok: boolean; what: string; found: string; advice?: string }

export type TrainingLook = {
  /** GGUF file that is to be trained on. */
  base: string
  /** Exported data, for an estimate of their time rather than the standard export's. */
  data?: string
  /** Interpreter to look at, instead of the one that would be found. */
  python?: string
  cores: number
  memoryBytes: number
  freeMemoryBytes: number
  /** Programs that wait for a core, of late. */
  load: number
  signal: AbortSignal
}

const facts = z.object({
  torch: z.string(),
  device: z.enum(['cpu', 'cuda']),
  threads: z.number(),
  cuda: z.object({ name: z.string(), freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  bitsandbytes: z.boolean(),
  wandb: z.boolean(),
  layers: z.number(),
  tokensASecond: z.number().positive(),
  tokens: z.number(),
  isStandard: z.boolean(),
  neededBytes: z.number(),
})

type Facts = z.infer<typeof facts>

const TIMING_MS = 600_000

/** What this machine can train, and how long an epoch will take: timed on a few layers of the base, which takes a minute at most. */
export async function diagnoseTraining(look: TrainingLook): Promise<TrainingFinding[]> {
  const uv = await runProgram('uv', ['--version'], look.signal)
  const python = await findPython(look.python, look.signal)
  const found = [uvFinding(uv.ok ? uv.out.trim() : null, look, python), pythonFinding(python), machine(look)]
  if (!python?.isRecent) return found
  const flags = [
    '-m',
    'train',
    'doctor',
    '--base',
    look.base,
    ...(look.data === undefined ? [] : ['--data', look.data]),
  ]
  const ran = await runProgram(python.path, flags, look.signal, TIMING_MS)
  if (!ran.ok) return [...found, notReady(ran.err)]
  return [...found, ...timed(facts.parse(JSON.parse(ran.out)), look)]
}

function uvFinding(version: string | null, { python: named }: TrainingLook, python: Python | null): TrainingFinding {
  const isNeeded = !(python?.isOurs || (named !== undefined && python))
  const advice = 'Install uv (https://docs.astral.sh/uv), then run `uv sync` in models/finetune.'
  const missing = isNeeded ? 'not found' : 'not found, and not needed: there is a Python environment'
  return { ok: version !== null || !isNeeded, what: 'uv', found: version ?? missing, advice }
}

function pythonFinding(python: Python | null): TrainingFinding {
  const advice = 'Run `uv sync` in models/finetune: it brings Python and all packages. Or name one with --python.'
  const found = python ? `${python.version} at ${python.path}` : 'not found'
  return { ok: python?.isRecent === true, what: 'Python 3.11 or newer', found, advice }
}

function machine({ cores, memoryBytes, freeMemoryBytes }: TrainingLook): TrainingFinding {
  const found = `${cores} cores, ${gigabytes(freeMemoryBytes)} of ${gigabytes(memoryBytes)} of memory free`
  return { ok: true, what: 'Machine', found }
}

function notReady(said: string): TrainingFinding {
  const last = said.trim().split('\n').at(-1) ?? ''
  const missing = /No module named '([\w.]+)'/.exec(said)?.[1]
  const advice = missing
    ? 'Run `uv sync` in models/finetune, or name the Python of another environment with --python.'
    : 'Look at what it says; `rowbot doctor` says whether the model itself is whole.'
  return { ok: false, what: 'PyTorch', found: missing ? `${missing} is not installed` : last, advice }
}

function timed(known: Facts, look: TrainingLook): TrainingFinding[] {
  const { torch, cuda, threads, bitsandbytes, wandb } = known
  const extras = [bitsandbytes && 'bitsandbytes', wandb && 'wandb'].filter(Boolean)
  const parts = [`${threads} threads`, ...(extras.length > 0 ? [`with ${extras.join(' and ')}`] : [])].join(', ')
  return [
    { ok: true, what: 'PyTorch', found: `${torch}, ${parts}` },
    {
      ok: true,
      what: 'GPU',
      found: cuda
        ? `${cuda.name}, ${gigabytes(cuda.freeBytes)} free`
        : 'none that PyTorch can use: the processor trains',
    },
    memoryFinding(known, look),
    estimate(known, look),
  ]
}

function memoryFinding({ cuda, neededBytes, bitsandbytes }: Facts, { freeMemoryBytes }: TrainingLook): TrainingFinding {
  const free = cuda?.freeBytes ?? freeMemoryBytes
  const fourBit = bitsandbytes ? '--four-bit' : '`uv sync --extra cuda` and --four-bit'
  const advice = cuda
    ? `Use ${fourBit}, a lower --pack-tokens, or a smaller base.`
    : 'Lower --pack-tokens (half of it needs about half), close other programs, or use a smaller base.'
  const found = `about ${gigabytes(neededBytes)} needed at 2,048 tokens a pack, ${gigabytes(free)} free`
  return { ok: neededBytes <= free, what: cuda ? 'Memory of the GPU' : 'Memory', found, advice }
}

function estimate(
  { tokens, tokensASecond, isStandard, layers }: Facts,
  { cores, load }: TrainingLook,
): TrainingFinding {
  const minutes = Math.max(1, Math.round(tokens / tokensASecond / 60))
  const said = minutes < 120 ? `${minutes} minutes` : `${(minutes / 60).toFixed(1)} hours`
  const amount = `${(tokens / 1e6).toFixed(2)} million tokens${isStandard ? ' (the standard export; --data FILE for yours)' : ''}`
  const why = `${amount} at ${Math.round(tokensASecond)} a second, timed just now on two of ${layers} layers`
  const busy =
    load > cores
      ? ` The machine was busy meanwhile (load ${load.toFixed(0)} on ${cores} cores): less where it is not.`
      : ''
  return { ok: true, what: 'One epoch', found: `about ${said}: ${why}. --minutes ends a run earlier.${busy}` }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}
