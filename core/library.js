// Lets plain Node import the package: it registers the loader for the TypeScript sources, which run as they are.
import { register } from 'tsx/esm/api'

register()
export const { createAssistant, generateSql } = await import('./library.ts')
