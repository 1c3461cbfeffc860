import { statfsSync } from 'node:fs'
import type { Config } from '#core/config.ts'
import { advised } from '#core/rowbot-error.ts'
import type { Finding } from '../finding.ts'

/** What `doctor` looks at. Each look gives a few words, or throws an error that carries advice. */
export type Looks = {
  config: Config
  hardware: {
    cpu: string
    cores: number
    memoryBytes: number
    freeMemoryBytes: number
    gpu: string | null
    problem: string | null
  }
  /** Reads every byte of the model and compares checksums, or asks the server. */
  model: () => Promise<string>
  /** Opens the state. */
  state: () => Promise<string>
  /** Runs a query on every database. */
  databases: () => Promise<string>
}

const NEEDED_MEMORY_BYTES = 900e6
const NEEDED_DISK_BYTES = 500e6

/** All findings, in the order in which they matter to somebody whose Rowbot does not work. */
export async function diagnose({ config, hardware, model, state, databases }: Looks): Promise<Finding[]> {
  return [
    nodeVersion(process.versions.node),
    { ok: true, what: 'Processor', found: `${hardware.cpu}, ${hardware.cores} cores` },
    memory(hardware.freeMemoryBytes, hardware.memoryBytes),
    graphics(hardware),
    await look('Model', model),
    await look('State', state),
    await look('Databases', databases),
    disk(config.home),
    settings(config),
  ]
}

function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const ok = major > 20 || (major === 20 && minor >= 20)
  return { ok, what: 'Node', found: version, advice: 'Install Node 20.20 or newer.' }
}

function memory(freeBytes: number, totalBytes: number): Finding {
  const found = `${gigabytes(freeBytes)} free of ${gigabytes(totalBytes)}`
  const advice = 'The embedded model needs about 0.9 GB: close other programs.'
  return { ok: freeBytes >= NEEDED_MEMORY_BYTES, what: 'Memory', found, advice }
}

function graphics({ gpu, problem }: Looks['hardware']): Finding {
  if (problem)
    return { ok: false, what: 'Model runtime', found: problem, advice: 'Run npm ci again: a part of it is missing.' }
  return { ok: true, what: 'GPU', found: gpu ?? 'none: the processor computes the model' }
}

function disk(home: string): Finding {
  try {
    const { bavail, bsize } = statfsSync(home)
    const advice = 'Free some space, or set ROWBOT_HOME to a folder on a larger disk.'
    return {
      ok: bavail * bsize >= NEEDED_DISK_BYTES,
      what: 'Disk',
      found: `${gigabytes(bavail * bsize)} free at ${home}`,
      advice,
    }
  } catch (error) {
    return failed('Disk', error)
  }
}

function settings(config: Config): Finding {
  const changed = Object.entries(config.sources).filter(([, source]) => source !== 'default')
  const found =
    changed.length > 0 ? changed.map(([key, source]) => `${key} (${source})`).join(', ') : 'all at their defaults'
  return { ok: config.warnings.length === 0, what: 'Settings', found, advice: config.warnings.join(' ') }
}

async function look(what: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { ok: true, what, found: await work() }
  } catch (error) {
    return failed(what, error)
  }
}

function failed(what: string, error: unknown): Finding {
  const { message, advice } = advised(error)
  return { ok: false, what, found: message, advice }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}
