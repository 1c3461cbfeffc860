import { join } from 'node:path'
import { z } from 'zod'

const ENTRY = z.strictObject({
  /** What a person types: `rowbot models pull NAME`. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  title: z.string(),
  /** Repository and file on the Hugging Face hub. */
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  file: z.string().regex(/^[\w.-]+\.gguf$/),
  quantisation: z.enum(['Q4_K_M', 'Q8_0']),
  /** Parameters in billions. */
  parametersB: z.number().positive(),
  /** About what the download has, for people and for the check of free space; the hub's own figure is what counts. */
  sizeMb: z.number().int().positive(),
  /** Memory that the model needs with its context of 4096 tokens in 4 sequences. */
  memoryMb: z.number().int().positive(),
  licence: z.literal('Apache-2.0'),
  /** SHA-256, only where it was computed from the file itself; otherwise what the hub publishes for the file is what it must have. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

/** A model that can be fetched. */
export type CatalogueEntry = z.infer<typeof ENTRY>

/**
 * The ladder of models above the embedded one, all Qwen2.5-Coder Instruct in the GGUF files of their makers. Sizes are those of the model
 * cards; memory is the file plus 12, 28 and 56 KB of context per token (keys and values of all layers in 16 bits) plus working space.
 */
export const CATALOGUE: readonly CatalogueEntry[] = z.array(ENTRY).parse([
  {
    name: 'qwen2.5-coder-0.5b',
    title: 'Qwen2.5-Coder 0.5B Instruct',
    repository: 'Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF',
    file: 'qwen2.5-coder-0.5b-instruct-q4_k_m.gguf',
    quantisation: 'Q4_K_M',
    parametersB: 0.5,
    sizeMb: 491,
    memoryMb: 1100,
    licence: 'Apache-2.0',
    // Computed from the file.
    sha256: '1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32',
  },
  {
    name: 'qwen2.5-coder-1.5b',
    title: 'Qwen2.5-Coder 1.5B Instruct',
    repository: 'Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF',
    file: 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf',
    quantisation: 'Q4_K_M',
    parametersB: 1.5,
    sizeMb: 1117,
    memoryMb: 2100,
    licence: 'Apache-2.0',
    // Computed from the file.
    sha256: 'cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046',
  },
  {
    name: 'qwen2.5-coder-7b',
    title: 'Qwen2.5-Coder 7B Instruct',
    repository: 'Qwen/Qwen2.5-Coder-7B-Instruct-GGUF',
    file: 'qwen2.5-coder-7b-instruct-q4_k_m.gguf',
    quantisation: 'Q4_K_M',
    parametersB: 7.6,
    sizeMb: 4683,
    memoryMb: 6200,
    licence: 'Apache-2.0',
  },
])

export function findInCatalogue(name: string): CatalogueEntry | undefined {
  return CATALOGUE.find((entry) => entry.name === name)
}

/** Where a fetched model lies. */
export function catalogueFile(entry: CatalogueEntry, modelsDirectory: string): string {
  return join(modelsDirectory, entry.file)
}
