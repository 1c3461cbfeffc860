#!/usr/bin/env node
// llama.cpp's threads start from the libuv thread that hands it a batch, and writing is faster where that is always the same one
// (eval/README.md, "Threads"). libuv counts its threads once, and loading an ES module already uses them: therefore this is none.
// biome-ignore lint/style/noProcessEnv: core/config.ts would be read too late.
process.env.UV_THREADPOOL_SIZE ??= '1'

const stop = new AbortController()
// Listeners stay: a library that finds none but its own at a signal ends the process at once. A second signal does that.
for (const [name, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(name, () => (stop.signal.aborted ? process.exit(code) : stop.abort(new Error(`stopped by ${name}`))))
}

// Who reads only the beginning (`rowbot settings | head`) wants no more.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
})

const terminal = {
  input: process.stdin,
  write: (text) => void process.stdout.write(text),
  notice: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
  width: process.stdout.columns ?? 100,
}

async function main() {
  const { register } = await import('tsx/esm/api')
  // Runs the TypeScript sources as they are: there is no build step.
  register()
  const { runRowbot } = await import('./rowbot.ts')
  process.exitCode = await runRowbot(process.argv.slice(2), { terminal, signal: stop.signal })
}

main()
