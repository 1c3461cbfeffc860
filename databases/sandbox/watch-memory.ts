import { type ChildProcess, execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'

const everyMs = 200

/** Kills a process once it holds more than `maxBytes` of memory: for systems whose kernel does not refuse it. */
export function watchMemory(child: ChildProcess, maxBytes: number) {
  let struck = false
  const look = async () => {
    if (child.pid === undefined || child.exitCode !== null) return
    const bytes = await residentBytes(child.pid)
    if (bytes <= maxBytes) return
    struck = child.kill('SIGKILL') || struck
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  return { stop: () => clearInterval(timer), struck: () => struck }
}

async function residentBytes(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
  }
  return new Promise((resolve) => {
    execFile('/bin/ps', ['-o', 'rss=', '-p', String(pid)], (_, output) => resolve(Number(output.trim() || 0) * 1024))
  })
}
