import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ConfigInputs, describeSettings, isLocal, readConfig, saveSetting } from './config.ts'
import { RowbotError } from './rowbot-error.ts'

let home: string
let settingsFile: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rowbot-config-'))
  settingsFile = join(home, 'settings.json')
})

afterEach(() => rmSync(home, { recursive: true }))

const read = (env: Record<string, string> = {}, inputs: ConfigInputs = {}) =>
  readConfig({ env: { ROWBOT_HOME: home, ...env }, ...inputs })

function refusal(work: () => unknown): RowbotError {
  try {
    work()
  } catch (error) {
    if (error instanceof RowbotError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const saved = (values: object) => writeFileSync(settingsFile, JSON.stringify(values), { mode: 0o600 })

describe('the configuration', () => {
  it('needs nothing: the defaults keep everything on this machine', () => {
    const config = readConfig({ env: {}, settingsFile })
    expect(config).toMatchObject({
      home: join(homedir(), '.rowbot'),
      host: '127.0.0.1',
      password: null,
      serverApiKey: null,
      model: 'embedded',
      gpu: 'auto',
      maxAttempts: 3,
      effort: 'balanced',
      warnings: [],
    })
    expect(new Set(Object.values(config.sources))).toEqual(new Set(['default']))
    expect(() => new Intl.DateTimeFormat(config.locale, { timeZone: config.timeZone })).not.toThrow()
  })

  it('takes flags before the environment before settings.json before defaults', () => {
    saved({ port: 1, maxRows: 10, effort: 'thorough' })
    const config = read({ ROWBOT_PORT: '2', ROWBOT_MAX_ROWS: '20' }, { flags: { port: '3', host: undefined } })
    expect(config).toMatchObject({ port: 3, maxRows: 20, effort: 'thorough' })
    expect(config.sources).toMatchObject({
      port: 'flag',
      maxRows: 'environment',
      effort: 'settings.json',
      host: 'default',
      home: 'environment',
    })
    expect(config.settingsFile).toBe(settingsFile)
  })

  it('reads what people write', () => {
    const config = read({
      ROWBOT_MAX_BYTES: '16MB',
      ROWBOT_UPLOAD_LIMIT: '1.5 GiB',
      ROWBOT_THREADS: '4',
      ROWBOT_CONTEXT_TOKENS: 'auto',
      ROWBOT_RETENTION_DAYS: 'forever',
      ROWBOT_SERVER_URL: 'http://127.0.0.1:8080/v1/',
      ROWBOT_PORT: ' 8080 ',
      ROWBOT_TIME_ZONE: 'Europe/Zurich',
      ROWBOT_LOCALE: 'de-CH',
      ROWBOT_MODEL: '',
      ROWBOT_ADMINS: 'slack:U1, discord:2',
      ROWBOT_SECRET_KEY: `${'n'.repeat(32)} ${'o'.repeat(40)}`,
    })
    expect(config).toMatchObject({
      admins: ['slack:U1', 'discord:2'],
      secretKeys: ['n'.repeat(32), 'o'.repeat(40)],
      maxBytes: 16 * 1024 ** 2,
      uploadLimitBytes: 1.5 * 1024 ** 3,
      threads: 4,
      contextTokens: 'auto',
      retentionDays: null,
      serverUrl: 'http://127.0.0.1:8080/v1',
      port: 8080,
      timeZone: 'Europe/Zurich',
      locale: 'de-CH',
      model: 'embedded',
    })
  })

  it('names every problem at once, with what is accepted', () => {
    saved({ maxRows: -1, weekStart: 'friday' })
    const error = refusal(() =>
      read({
        ROWBOT_PORT: 'tcp://10.0.0.1:4680',
        ROWBOT_TIME_ZONE: 'Mars/Olympus',
        ROWBOT_MAX_BYTES: '5',
        ROWBOT_THREADS: '0',
      }),
    )
    expect(error.code).toBe('bad-configuration')
    expect(error.message.split('\n')).toEqual([
      'The settings have 6 problems:',
      '- ROWBOT_PORT is "tcp://10.0.0.1:4680" but must be a whole number from 0 to 65535 (0: any free port).',
      '- ROWBOT_THREADS is "0" but must be auto or a whole number from 1 to 1024.',
      '- ROWBOT_TIME_ZONE is "Mars/Olympus" but must be a time zone such as Europe/Berlin.',
      '- "weekStart" in settings.json is "friday" but must be monday or sunday.',
      '- "maxRows" in settings.json is -1 but must be a whole number from 1 to 1000000.',
      '- ROWBOT_MAX_BYTES is "5" but must be a size from 64KB to 1GB.',
    ])
    expect(error.advice).toContain('rowbot settings')
  })

  it.each([
    ['ROWBOT_PORT', ['-1', '65536', '1.5', '0x10', '1e3', 'NaN', '٣']],
    ['ROWBOT_MAX_BYTES', ['-16MB', '16 apples', '1e9', 'MB', '99999999GB']],
    ['ROWBOT_SERVER_URL', ['localhost:8080', 'ftp://server', 'javascript:alert(1)', '//server']],
    ['ROWBOT_HOST', ['http://127.0.0.1', 'a b', '127.0.0.1/']],
    ['ROWBOT_LOCALE', ['english please', 'xx_YY']],
    ['ROWBOT_HOME', ['\0']],
  ])('refuses nonsense in %s', (variable, values) => {
    for (const value of values)
      expect(refusal(() => read({ [variable]: value })).message, value).toContain(`${variable} is `)
  })

  it('knows which addresses only this machine can reach', () => {
    for (const host of ['localhost', 'LOCALHOST.', 'rowbot.localhost', '::1', '[::1]', '127.0.0.2', '127.0.0.1.'])
      expect(isLocal(host), host).toBe(true)
    for (const page of [
      'http://localhost:4680',
      'http://localhost.:4680',
      'https://a.b.localhost',
      'http://[::1]:4680',
    ])
      expect(isLocal(page), page).toBe(true)
    for (const host of ['0.0.0.0', '::', '127.999.1.1', '127.0.0.1.example.com', 'https://localhost.example.com'])
      expect(isLocal(host), host).toBe(false)
    for (const host of ['notlocalhost', '192.168.1.5', 'https://rowbot.example'])
      expect(isLocal(host), host).toBe(false)
  })

  it('leaves it to the console to demand its password', () => {
    const reached = { ROWBOT_HOST: '0.0.0.0', ROWBOT_PUBLIC_URL: 'https://rowbot.example' }
    expect(read(reached)).toMatchObject({ password: null, publicUrl: 'https://rowbot.example' })
  })

  it('sees settings that contradict each other', () => {
    expect(refusal(() => read({ ROWBOT_MODEL: 'server' })).message).toContain('ROWBOT_SERVER_URL')
    expect(refusal(() => read({ ROWBOT_ANSWER_DEADLINE_MS: '1000' })).message).toContain('ROWBOT_QUERY_DEADLINE_MS')
  })

  it('never shows a secret', () => {
    saved({ serverApiKey: 12_345_678 })
    const { message, stack = '' } = refusal(() => read({ ROWBOT_PASSWORD: 'hunter2' }))
    expect(message).toContain('ROWBOT_PASSWORD')
    expect(message).toContain('serverApiKey')
    expect(message + stack).not.toMatch(/hunter2|12345678/)
  })

  it('warns of names that mean nothing, and of secrets that others can read', () => {
    saved({ prot: 1, home: '/elsewhere', password: 'correct horse' })
    chmodSync(settingsFile, 0o644)
    const config = read({ ROWBOT_PRT: '1' })
    expect(config.home).toBe(home)
    expect(config.warnings).toEqual([
      'The environment variable ROWBOT_PRT is not a setting of Rowbot.',
      '"prot" in settings.json is not a setting that it can hold.',
      '"home" in settings.json is not a setting that it can hold.',
      expect.stringContaining('chmod 600'),
    ])
    chmodSync(settingsFile, 0o600)
    expect(read().warnings).toHaveLength(2)
  })

  it.each(['', '{"port":', '[]', 'null', '"text"'])('says when settings.json is no JSON object: %s', (text) => {
    writeFileSync(settingsFile, text)
    expect(refusal(() => read()).message).toContain(`${settingsFile} is not a JSON object`)
  })

  it('says when settings.json cannot be read', () => {
    expect(refusal(() => readConfig({ env: {}, settingsFile: home })).message).toContain(`${home} cannot be read`)
  })
})

describe('the table of settings', () => {
  const table = describeSettings()

  it('has for each one variable, help and what it accepts; secrets have no default', () => {
    expect(table.length).toBeGreaterThan(25)
    expect(new Set(table.map(({ variable }) => variable)).size).toBe(table.length)
    for (const { variable, help, accepts } of table) {
      expect(variable).toMatch(/^ROWBOT_[A-Z_]+$/)
      expect(help).toMatch(/\.$/)
      expect(accepts).not.toBe('')
    }
    expect(table.filter(({ secret }) => secret).map((one) => [one.variable, one.default])).toEqual([
      ['ROWBOT_PASSWORD', ''],
      ['ROWBOT_SERVER_API_KEY', ''],
      ['ROWBOT_SECRET_KEY', ''],
      ['ROWBOT_SLACK_BOT_TOKEN', ''],
      ['ROWBOT_SLACK_APP_TOKEN', ''],
      ['ROWBOT_SLACK_SIGNING_SECRET', ''],
      ['ROWBOT_SLACK_CLIENT_SECRET', ''],
      ['ROWBOT_DISCORD_TOKEN', ''],
    ])
  })

  it('has defaults that are accepted when they are written out', () => {
    const written = Object.fromEntries(
      table.filter((one) => one.default !== '').map((one) => [one.variable, one.default]),
    )
    const { sources: _sources, ...config } = readConfig({ env: { ...written, ROWBOT_HOME: home } })
    const { sources: _defaults, ...defaults } = readConfig({ env: { ROWBOT_HOME: home } })
    expect(config).toEqual(defaults)
  })
})

describe('saving a setting', () => {
  it('keeps the others, is read again, and is for the owner only', () => {
    saved({ port: 99 })
    saveSetting(settingsFile, 'model', 'qwen2.5-coder-7b')
    expect(read()).toMatchObject({ port: 99, model: 'qwen2.5-coder-7b' })
    expect(statSync(settingsFile).mode & 0o777).toBe(0o600)
    expect(readdirSync(home)).toEqual(['settings.json'])
    saveSetting(settingsFile, 'model', null)
    expect(JSON.parse(readFileSync(settingsFile, 'utf8'))).toEqual({ port: 99 })
  })

  it('makes the folder', () => {
    const file = join(home, 'new', 'settings.json')
    saveSetting(file, 'effort', 'fast')
    expect(readConfig({ env: {}, settingsFile: file }).effort).toBe('fast')
    expect(statSync(join(home, 'new')).mode & 0o777).toBe(0o700)
  })

  it('refuses what is not accepted, and leaves the file as it was', () => {
    saved({ port: 99 })
    expect(refusal(() => saveSetting(settingsFile, 'effort', 'heroic')).message).toContain('fast, balanced or thorough')
    expect(refusal(() => saveSetting(settingsFile, 'home', '/elsewhere')).message).toContain('ROWBOT_HOME')
    writeFileSync(settingsFile, '{"broken":')
    expect(refusal(() => saveSetting(settingsFile, 'effort', 'fast')).message).toContain('not a JSON object')
    expect(readFileSync(settingsFile, 'utf8')).toBe('{"broken":')
  })
})

it('is described in the README, every setting in the words that the program uses', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  for (const { variable, help } of describeSettings()) expect(readme).toContain(`| \`${variable}\` | ${help} |`)
})
