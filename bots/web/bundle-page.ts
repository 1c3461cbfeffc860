import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { buildSync } from 'esbuild'

export type Page = { html: string; styles: string; assets: Map<string, { type: string; body: Uint8Array }> }

const folder = join(import.meta.dirname, 'page')

/**
 * The page, made from its sources in memory: TypeScript and styles bundled by esbuild under names that hold their hash,
 * so that browsers may keep them for ever.
 */
export function bundlePage(): Page {
  // buildSync ends its helper process; esbuild's asynchronous API would keep one, and its memory, for as long as we run.
  const { outputFiles } = buildSync({
    entryPoints: ['early-theme.ts', 'main.ts', 'style.css'].map((name) => join(folder, name)),
    outdir: folder,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  })
  const assets: Page['assets'] = new Map()
  let styles = ''
  let html = readFileSync(join(folder, 'index.html'), 'utf8')
  for (const file of outputFiles) {
    const name = basename(file.path)
    const hash = createHash('sha256').update(file.contents).digest('hex').slice(0, 12)
    const address = `/assets/${name.replace(/\.(\w+)$/, `-${hash}.$1`)}`
    assets.set(address, {
      type: name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
      body: file.contents,
    })
    if (name.endsWith('.css')) styles = address
    html = html.replace(`/assets/${name}`, address)
  }
  assets.set('/icon.svg', { type: 'image/svg+xml', body: readFileSync(join(folder, 'icon.svg')) })
  return { html, styles, assets }
}
