import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** Processor cores that this process may use: those of its affinity mask, or fewer where a container's quota says so. */
export function availableCores(quotaFile = '/sys/fs/cgroup/cpu.max'): number {
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(coreQuota(quotaFile))))
}

function coreQuota(file: string): number {
  try {
    const [quota, period] = readFileSync(file, 'utf8').trim().split(' ').map(Number)
    return quota && period ? quota / period : Number.POSITIVE_INFINITY
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
