import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { CATALOGUE, type CatalogueEntry, catalogueFile, findInCatalogue } from './catalogue.ts'
import { ModelError } from './model-error.ts'

/** A model that can be chosen. */
export type ListedModel = {
  name: string
  description: string
  /** Bytes to fetch; 0 for the one that comes with Rowbot. */
  bytes: number
  memoryBytes: number
  licence: string
  installed: boolean
  inUse: boolean
}

/** The ladder from the embedded model upwards; `inUse` is the value of the setting that chooses. */
export function listModels({ directory, inUse }: { directory: string; inUse: string }): ListedModel[] {
  const embedded = {
    name: 'embedded',
    description: 'comes with Rowbot, cut from Qwen2.5-Coder 0.5B Instruct',
    bytes: 0,
    memoryBytes: 900e6,
    licence: 'Apache-2.0',
    installed: true,
  }
  const ladder = CATALOGUE.map((entry) => ({
    name: entry.name,
    description: `${entry.title}, ${entry.quantisation}`,
    bytes: entry.sizeMb * 1e6,
    memoryBytes: entry.memoryMb * 1e6,
    licence: entry.licence,
    installed: existsSync(catalogueFile(entry, directory)),
  }))
  return [embedded, ...ladder].map((model) => ({ ...model, inUse: model.name === inUse }))
}

/** What to save as the choice of a model: the name, or the absolute path of a file. Throws a ModelError where there is no such model. */
export function chooseModel(name: string): string {
  if (name === 'embedded' || name === 'server' || findInCatalogue(name)) return name
  const path = resolve(name)
  if (name.endsWith('.gguf') && existsSync(path)) return path
  throw new ModelError({
    code: 'not-found',
    message: name.endsWith('.gguf') ? `There is no file ${path}.` : `There is no model called "${name}".`,
    advice: `Choose embedded, server, the path of a .gguf file, or one of: ${CATALOGUE.map((one) => one.name).join(', ')}.`,
  })
}

/** The catalogue's entry of this name. Throws a ModelError that lists the names there are. */
export function findModel(name: string): CatalogueEntry {
  const entry = findInCatalogue(name)
  if (entry) return entry
  throw new ModelError({
    code: 'not-found',
    message: `There is no model called "${name}" to fetch.`,
    advice: `Choose one of: ${CATALOGUE.map((one) => one.name).join(', ')}.`,
  })
}
