import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{bots,core,models,databases,eval,migrations}/**/*.test.ts'],
    // Two cores: more workers than that only fight over the model and the sandbox processes.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
