import { readdirSync, readFileSync } from 'node:fs'

/**
 * Memory of this process and all its descendants in bytes, pages shared among them counted once (PSS, from /proc/PID/smaps_rollup).
 * Null where the system does not say (macOS).
 */
export function processTreeMemory(): number | null {
  try {
    const parents = new Map(processIds().map((pid) => [pid, parentOf(pid)]))
    const tree = [...parents.keys()].filter((pid) => descends(pid, parents))
    return tree.reduce((sum, pid) => sum + proportionalSetSize(pid), 0)
  } catch {
    return null
  }
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

function parentOf(pid: number): number {
  const status = readOrEmpty(`/proc/${pid}/status`)
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0)
}

function descends(pid: number, parents: Map<number, number>): boolean {
  for (let current: number | undefined = pid; current; current = parents.get(current)) {
    if (current === process.pid) return true
  }
  return false
}

function proportionalSetSize(pid: number): number {
  const rollup = readOrEmpty(`/proc/${pid}/smaps_rollup`)
  return 1024 * Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
}

/** A process may end between listing and reading. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
