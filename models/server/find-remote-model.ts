import type OpenAI from 'openai'
import { z } from 'zod'
import { ModelError } from '../model-error.ts'
import { serverError } from './server-error.ts'

/** What is known of a server's abilities, told from the `owned_by` of its models. */
export type ServerKind = 'llamacpp' | 'vllm' | 'ollama' | 'other'

export type RemoteModel = { id: string; kind: ServerKind; contextTokens?: number }

const LIST_TIMEOUT_MS = 10_000

const LISTED = z.object({
  id: z.string(),
  owned_by: z.string().optional().catch(undefined),
  max_model_len: z.number().int().positive().optional().catch(undefined),
  meta: z.object({ n_ctx: z.number().int().positive().optional() }).optional().catch(undefined),
})

/** The model that was asked for, or the first one; Ollama lets `:latest` be left out. */
export async function findRemoteModel(
  client: OpenAI,
  { baseUrl, model: wanted, signal }: { baseUrl: string; model?: string; signal?: AbortSignal },
): Promise<RemoteModel> {
  const listed = await listModels(client, baseUrl, signal)
  const found = wanted === undefined ? listed[0] : listed.find(({ id }) => id === wanted || id === `${wanted}:latest`)
  if (found) return found
  throw new ModelError({
    code: 'unknown-model',
    message:
      wanted === undefined
        ? `The model server at ${baseUrl} has no model.`
        : `The model server at ${baseUrl} has no model called "${wanted}".`,
    advice:
      listed.length === 0
        ? 'Load a model there first (with Ollama: `ollama pull qwen2.5-coder:7b`).'
        : `Set ROWBOT_SERVER_MODEL to one of: ${listed
            .slice(0, 10)
            .map(({ id }) => id)
            .join(', ')}.`,
  })
}

async function listModels(client: OpenAI, baseUrl: string, signal?: AbortSignal): Promise<RemoteModel[]> {
  try {
    const page = await client.models.list({ timeout: LIST_TIMEOUT_MS, maxRetries: 1, signal })
    return z.array(LISTED).parse(page.data).map(describe)
  } catch (error) {
    signal?.throwIfAborted()
    throw serverError(baseUrl, error)
  }
}

function describe({ id, owned_by, max_model_len, meta }: z.infer<typeof LISTED>): RemoteModel {
  return { id, kind: kindOf(owned_by), contextTokens: max_model_len ?? meta?.n_ctx }
}

function kindOf(ownedBy: string | undefined): ServerKind {
  if (ownedBy === 'llamacpp' || ownedBy === 'vllm') return ownedBy
  return ownedBy === 'library' ? 'ollama' : 'other'
}
