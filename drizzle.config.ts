import { defineConfig } from 'drizzle-kit'

/** `npx drizzle-kit generate --name WHAT` writes the next migration from the tables. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './databases/state/*tables.ts',
  out: './migrations',
})
