import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/**
 * Bundles the program of a sandbox process (by default child.ts) and gives its text, so that it starts without a
 * TypeScript loader in its limited memory. It is kept nowhere: a file could be swept away, or changed by somebody else.
 */
export async function bundleChild({
  program = new URL('./child.ts', import.meta.url),
}: {
  program?: URL
} = {}): Promise<string> {
  const resolve = createRequire(import.meta.url).resolve
  const result = await build({
    entryPoints: [fileURLToPath(program)],
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
