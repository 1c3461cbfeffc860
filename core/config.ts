import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { isIP } from 'node:net'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { RowbotError } from './rowbot-error.ts'
import { type SettingKey, type SettingValue, settings } from './settings.ts'

/** Where the value of a setting came from. */
export type SettingSource = 'default' | 'settings.json' | 'environment' | 'flag'

/** Everything that can be set, read once at start and passed down as plain data. */
export type Config = { [Key in SettingKey]: SettingValue<Key> } & {
  settingsFile: string
  sources: Record<SettingKey, SettingSource>
  /** What is odd but does not stop Rowbot, in words. */
  warnings: string[]
}

export type ConfigInputs = {
  /** Default: the environment of this process. */
  env?: Readonly<Record<string, string | undefined>>
  /** Default: settings.json in the data directory. It need not exist. */
  settingsFile?: string
  /** Command-line flags by the key of their setting; undefined where not given. */
  flags?: Readonly<Partial<Record<SettingKey, unknown>>>
}

/**
 * The configuration: defaults, overridden by settings.json, the environment, and flags, in this order. An empty variable counts as not
 * set. Throws one RowbotError that names every problem at once; values of secrets never appear in it.
 */
export function readConfig({ env = process.env, settingsFile, flags = {} }: ConfigInputs = {}): Config {
  const problems: string[] = []
  const homeSource = readSetting('home', { settingsFile: {}, env, flags })
  if (homeSource.problem) throw badConfiguration([homeSource.problem])
  const file = settingsFile ?? join(String(homeSource.value), 'settings.json')
  const saved = readSettingsFile(file, problems)

  const values: Partial<Record<SettingKey, unknown>> = {}
  const sources: Partial<Record<SettingKey, SettingSource>> = {}
  for (const key of settingKeys()) {
    const { value, source, problem } = readSetting(key, { settingsFile: saved, env, flags })
    values[key] = value
    sources[key] = source
    if (problem) problems.push(problem)
  }
  const config = {
    ...values,
    settingsFile: file,
    sources,
    warnings: [...unknownNames(saved, env), ...exposedSecrets(file, saved)],
  } as Config
  problems.push(...(problems.length === 0 ? contradictions(config) : []))
  if (problems.length > 0) throw badConfiguration(problems)
  return config
}

/** One line of the table of settings. */
export type SettingDescription = {
  key: SettingKey
  variable: string
  /** As a person would write it; '' where there is none, as for secrets. */
  default: string
  /** What it accepts, completing "must be …". */
  accepts: string
  help: string
  secret: boolean
  /** Cannot stand in settings.json. */
  environmentOnly: boolean
}

/** All settings in the order in which they are documented. */
export function describeSettings(): SettingDescription[] {
  return settingKeys().map((key) => {
    const { variable, expects: accepts, help, default: standard } = settings[key]
    return {
      key,
      variable,
      accepts,
      help,
      default: written(standard()),
      secret: isSecret(key),
      environmentOnly: isEnvironmentOnly(key),
    }
  })
}

/**
 * Saves one setting in settings.json, or removes it with null. The file is replaced as a whole, so a crash leaves the old one or the new
 * one, and can be read by its owner only.
 */
export function saveSetting(settingsFile: string, key: SettingKey, value: unknown): void {
  const problems: string[] = []
  const saved = readSettingsFile(settingsFile, problems)
  if (isEnvironmentOnly(key))
    problems.push(`${key} says where settings.json is, so it is set with ${settings[key].variable}.`)
  else if (value === null) delete saved[key]
  else {
    const { problem } = readSetting(key, { settingsFile: {}, env: {}, flags: { [key]: value } })
    if (problem) problems.push(problem)
    saved[key] = value
  }
  if (problems.length > 0) throw badConfiguration(problems)
  replaceFile(settingsFile, `${JSON.stringify(saved, null, 2)}\n`)
}

type Layers = {
  settingsFile: Readonly<Record<string, unknown>>
  env: Readonly<Record<string, string | undefined>>
  flags: Readonly<Partial<Record<SettingKey, unknown>>>
}

type ReadSetting = { value: unknown; source: SettingSource; problem?: string }

function settingKeys(): SettingKey[] {
  return Object.keys(settings) as SettingKey[]
}

function isSecret(key: SettingKey): boolean {
  return 'secret' in settings[key] && settings[key].secret === true
}

function isEnvironmentOnly(key: SettingKey): boolean {
  return 'environmentOnly' in settings[key] && settings[key].environmentOnly === true
}

function readSetting(key: SettingKey, { settingsFile, env, flags }: Layers): ReadSetting {
  const { variable, schema, expects, default: standard } = settings[key]
  const layers: [SettingSource, string, unknown][] = [
    ['flag', `The flag for ${key}`, flags[key]],
    ['environment', variable, env[variable] || undefined],
    ['settings.json', `"${key}" in settings.json`, isEnvironmentOnly(key) ? undefined : settingsFile[key]],
  ]
  const given = layers.find(([, , value]) => value !== undefined && value !== null)
  if (!given) return { value: standard(), source: 'default' }
  const [source, where, value] = given
  const parsed = schema.safeParse(value)
  if (parsed.success) return { value: parsed.data, source }
  const shown = isSecret(key) ? 'not usable' : JSON.stringify(value)
  return { value: undefined, source, problem: `${where} is ${shown} but must be ${expects}.` }
}

function readSettingsFile(file: string, problems: string[]): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    problems.push(`${file} cannot be read (${error instanceof Error ? error.message : error}).`)
    return {}
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  } catch {
    problems.push(`${file} is not a JSON object; correct it, or delete it to go back to the defaults.`)
    return {}
  }
}

function contradictions(config: Config): string[] {
  const found: string[] = []
  if (config.model === 'server' && config.serverUrl === null)
    found.push('ROWBOT_MODEL is "server", so ROWBOT_SERVER_URL must say where it is.')
  if (config.queryDeadlineMs > config.answerDeadlineMs)
    found.push('ROWBOT_QUERY_DEADLINE_MS must not be longer than ROWBOT_ANSWER_DEADLINE_MS.')
  return found
}

/** True for a host, or the address of a page, that only this machine can reach. */
export function isLocal(address: string): boolean {
  return isLoopback(URL.canParse(address) ? new URL(address).hostname : address)
}

/** True for names and addresses (in brackets or not) that only this machine can reach. */
export function isLoopback(name: string): boolean {
  const host = name.toLowerCase().replace(/^\[|\]$|\.$/g, '')
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}

/** A misspelt name does nothing, which is worse when nobody says so. Not an error: others may own ROWBOT_… variables too. */
function unknownNames(saved: Record<string, unknown>, env: Layers['env']): string[] {
  const variables = new Set<string>(settingKeys().map((key) => settings[key].variable))
  const keys = new Set<string>(settingKeys().filter((key) => !isEnvironmentOnly(key)))
  return [
    ...Object.keys(env)
      .filter((name) => name.startsWith('ROWBOT_') && !variables.has(name))
      .map((name) => `The environment variable ${name} is not a setting of Rowbot.`),
    ...Object.keys(saved)
      .filter((key) => !keys.has(key))
      .map((key) => `"${key}" in settings.json is not a setting that it can hold.`),
  ]
}

function exposedSecrets(file: string, saved: Record<string, unknown>): string[] {
  const holdsSecret = settingKeys().some((key) => isSecret(key) && saved[key] !== undefined)
  if (!holdsSecret || process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return []
  return [`${file} holds a password and can be read by other users: run chmod 600 on it.`]
}

function badConfiguration(problems: string[]): RowbotError {
  return new RowbotError({
    code: 'bad-configuration',
    message:
      problems.length === 1
        ? String(problems[0])
        : `The settings have ${problems.length} problems:\n- ${problems.join('\n- ')}`,
    advice:
      'Correct them in the environment or in settings.json; `rowbot settings` lists every setting with what it accepts.',
  })
}

function written(value: unknown): string {
  if (value === null) return ''
  return Array.isArray(value) ? value.join(' ') : String(value)
}

function replaceFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const temporary = `${file}.${process.pid}.tmp`
  try {
    const descriptor = openSync(temporary, 'w', 0o600)
    try {
      writeSync(descriptor, text)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
