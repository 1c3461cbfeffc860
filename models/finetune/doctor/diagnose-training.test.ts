import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diagnoseTraining, type TrainingLook } from './diagnose-training.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowbot-doctor-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const look = (python: string, changes: Partial<TrainingLook> = {}): TrainingLook => ({
  base: '/models/base.gguf',
  python,
  cores: 2,
  memoryBytes: 16e9,
  freeMemoryBytes: 15e9,
  load: 0,
  signal: new AbortController().signal,
  ...changes,
})

/** An interpreter on another machine: it says its version, and what the timing there gave. */
function interpreter(doctor: string): string {
  const path = join(folder, 'python')
  writeFileSync(path, `#!/bin/sh\ncase "$*" in *platform*) echo 3.12.4 ;; *) ${doctor} ;; esac\n`)
  chmodSync(path, 0o755)
  return path
}

const facts = (changes: object) =>
  `echo '${JSON.stringify({
    torch: '2.15.0',
    device: 'cpu',
    threads: 2,
    cuda: null,
    bitsandbytes: false,
    wandb: false,
    layers: 24,
    tokensASecond: 250,
    tokens: 1_250_000,
    isStandard: true,
    neededBytes: 13e9,
    ...changes,
  })}'`

const found = async (one: TrainingLook) =>
  new Map((await diagnoseTraining(one)).map((finding) => [finding.what, finding]))

test('without Python it says how to get it, and times nothing', async () => {
  const all = await found(look(join(folder, 'nowhere')))
  expect(all.get('Python 3.11 or newer')).toMatchObject({ ok: false, advice: expect.stringContaining('uv sync') })
  expect(all.has('One epoch')).toBe(false)
})

test('a missing package is named', async () => {
  const python = interpreter(`echo "ModuleNotFoundError: No module named 'torch'" >&2; exit 1`)
  const all = await found(look(python))
  expect(all.get('PyTorch')).toMatchObject({ ok: false, found: 'torch is not installed' })
})

test('an epoch is estimated, and said to be too long where the machine was busy', async () => {
  const python = interpreter(facts({}))
  const quiet = await found(look(python))
  expect(quiet.get('One epoch')?.found).toMatch(/^about 83 minutes: 1\.25 million tokens .* at 250 a second/)
  expect(quiet.get('One epoch')?.found).not.toContain('busy')
  expect(quiet.get('Memory')?.ok).toBe(true)
  const busy = await found(look(python, { load: 9 }))
  expect(busy.get('One epoch')?.found).toContain('load 9 on 2 cores')
})

test('too little memory of a GPU is said with what helps', async () => {
  const cuda = { name: 'Small GPU', freeBytes: 6e9, totalBytes: 8e9 }
  const all = await found(look(interpreter(facts({ cuda, device: 'cuda' }))))
  expect(all.get('Memory of the GPU')).toMatchObject({ ok: false, advice: expect.stringContaining('--four-bit') })
})
