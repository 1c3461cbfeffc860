import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** An interpreter; `isOurs` where it is the one of the environment that `uv sync` makes here. */
export type Python = { path: string; version: string; isRecent: boolean; isOurs: boolean }

/** Where the programs in Python lie. */
const PROGRAMS = join(import.meta.dirname, '..')

const OURS = ['.venv/bin/python', '.venv/Scripts/python.exe'].map((path) => join(PROGRAMS, path))

/** The interpreter that is named, else that of our environment, else the machine's own; null where none runs. */
export async function findPython(named: string | undefined, signal: AbortSignal): Promise<Python | null> {
  const choices = named === undefined ? [...OURS.filter((path) => existsSync(path)), 'python3', 'python'] : [named]
  for (const path of choices) {
    const ran = await runProgram(path, ['-c', 'import platform; print(platform.python_version())'], signal)
    if (!ran.ok) continue
    const version = ran.out.trim()
    const [major = 0, minor = 0] = version.split('.').map(Number)
    return { path, version, isRecent: major > 3 || (major === 3 && minor >= 11), isOurs: OURS.includes(path) }
  }
  return null
}

export type Ran = { ok: boolean; out: string; err: string }

/** Runs a program to its end, in the folder of ours. One that is not there, fails or takes too long is a value. */
export function runProgram(program: string, args: string[], signal: AbortSignal, timeoutMs = 60_000): Promise<Ran> {
  return new Promise((done, stopped) => {
    execFile(program, args, { cwd: PROGRAMS, signal, timeout: timeoutMs }, (error, out, err) => {
      if (signal.aborted) stopped(signal.reason)
      else done({ ok: error === null, out, err: err || (error?.message ?? '') })
    })
  })
}
