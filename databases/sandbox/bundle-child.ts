import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/**
 * Bundles the program of a sandbox process (by default child.ts) into one CommonJS file, so that it starts without a
 * TypeScript loader in its limited memory. Gives the path of the file, named by the hash of its content, in `cacheDir`
 * (by default a folder of this user in the system's temporary folder).
 */
export async function bundleChild({
  program = new URL('./child.ts', import.meta.url),
  cacheDir,
}: {
  program?: URL
  cacheDir?: string
} = {}): Promise<string> {
  const code = await bundle(fileURLToPath(program))
  const directory = cacheDir ?? privateDirectory()
  mkdirSync(directory, { recursive: true })
  const path = join(directory, `sandbox-${createHash('sha256').update(code).digest('hex').slice(0, 32)}.cjs`)
  if (existsSync(path) && readFileSync(path, 'utf8') === code) return path
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, code, { mode: 0o600 })
  renameSync(draft, path)
  return path
}

async function bundle(program: string): Promise<string> {
  const resolve = createRequire(import.meta.url).resolve
  const result = await build({
    entryPoints: [program],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'silent',
    plugins: [
      {
        name: 'native addon by its absolute path',
        setup({ onResolve }) {
          onResolve({ filter: /^better-sqlite3$/ }, ({ path }) => ({ path: resolve(path), external: true }))
        },
      },
    ],
  })
  const [file] = result.outputFiles
  if (file === undefined) throw new Error('esbuild wrote no file for the sandbox process')
  return file.text
}

// The temporary folder is shared: a folder that somebody else owns or may write to could hold their program.
function privateDirectory(): string {
  const { uid } = userInfo()
  const directory = join(tmpdir(), `rowbot-${uid}`)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const { uid: owner, mode } = statSync(directory)
  const ours = owner === uid && (mode & 0o022) === 0
  return ours ? directory : mkdtempSync(join(tmpdir(), 'rowbot-'))
}
