import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, freemem, totalmem } from 'node:os'

/** What a model has to run on here. */
export type Hardware = {
  cpu: string
  /** Cores that this process may use. */
  cores: number
  /** What the machine, or the container around this process, has. */
  memoryBytes: number
  freeMemoryBytes: number
  gpu: { kind: 'cuda' | 'metal' | 'vulkan'; devices: string[]; memoryBytes: number; freeMemoryBytes: number } | null
  /** Why llama.cpp could not be started; null where it could. */
  problem: string | null
}

/** Looks at the machine, for `rowbot doctor`. Never throws: what cannot be found out is part of the answer. */
export async function describeHardware(): Promise<Hardware> {
  const limit = memoryLimit()
  const base = {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableCores(),
    memoryBytes: Math.min(totalmem(), limit),
    freeMemoryBytes: freeMemory(),
  }
  try {
    return { ...base, gpu: await describeGpu(), problem: null }
  } catch (error) {
    return { ...base, gpu: null, problem: error instanceof Error ? error.message : String(error) }
  }
}

/** Processor cores that this process may use: those of its affinity mask, or fewer where a container's quota says so. */
export function availableCores(quotaFile = '/sys/fs/cgroup/cpu.max'): number {
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(coreQuota(quotaFile))))
}

async function describeGpu(): Promise<Hardware['gpu']> {
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp')
  const llama = await getLlama({ build: 'never', logLevel: LlamaLogLevel.disabled })
  try {
    if (llama.gpu === false) return null
    const { total, free } = await llama.getVramState()
    return { kind: llama.gpu, devices: await llama.getGpuDeviceNames(), memoryBytes: total, freeMemoryBytes: free }
  } finally {
    await llama.dispose()
  }
}

/** Memory that this process could still take, in bytes. Linux counts what its file cache would give back; `freemem` does not. */
export function freeMemory(): number {
  const left = memoryLimit() - process.memoryUsage.rss()
  try {
    const available = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]
    return Math.min(left, available === undefined ? freemem() : Number(available) * 1024)
  } catch {
    return Math.min(left, freemem())
  }
}

function memoryLimit(): number {
  return process.constrainedMemory() || Number.POSITIVE_INFINITY
}

function coreQuota(file: string): number {
  try {
    const [quota, period] = readFileSync(file, 'utf8').trim().split(' ').map(Number)
    return quota && period ? quota / period : Number.POSITIVE_INFINITY
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
