import { expect, test } from 'vitest'
import { readConfig } from '#core/config.ts'
import { createLog } from './create-log.ts'

const secrets = {
  ROWBOT_PASSWORD: 'pass"word 1234',
  ROWBOT_SERVER_API_KEY: 'key-of-the-server',
  ROWBOT_SECRET_KEY: `${'k'.repeat(40)} ${'o'.repeat(40)}`,
  ROWBOT_SLACK_BOT_TOKEN: 'xoxb-111-aaa',
  ROWBOT_SLACK_APP_TOKEN: 'xapp-222-bbb',
  ROWBOT_SLACK_SIGNING_SECRET: 'signing-ccc-333',
  ROWBOT_SLACK_CLIENT_SECRET: 'client-ddd-444',
  ROWBOT_DISCORD_TOKEN: 'discord-eee-555',
}

test('no secret stands in the log, wherever it turns up', () => {
  const lines: string[] = []
  const config = readConfig({ env: { ROWBOT_HOME: '/nowhere', ROWBOT_LOG_LEVEL: 'trace', ...secrets } })
  const log = createLog(config, { write: (line) => void lines.push(line) })
  const values = [...Object.values(secrets), ...secrets.ROWBOT_SECRET_KEY.split(' ')]
  for (const value of values) {
    log.info(`said ${value}`)
    log.info({ deep: { deeper: [{ deepest: value }] }, [value]: 1 }, 'in an object')
    log.error({ err: new Error(`failed at https://x/?key=${encodeURIComponent(value)}`, { cause: new Error(value) }) })
    log.child({ about: value }).warn('in a child')
  }
  log.warn({
    installation: 'xoxp-of-another-workspace',
    handle: 'https://hooks.slack.com/commands/T1/2/response-secret',
  })
  log.warn({ url: 'https://discord.com/api/v10/webhooks/123456789/aW50ZXJhY3Rpb246c2VjcmV0LXRva2Vu/messages' })
  log.warn({ err: Object.assign(new Error('x'), { token: 'plain-token' }), config: { password: 'plain-password' } })
  const out = lines.join('')
  for (const value of values) {
    expect(out).not.toContain(value)
    expect(out).not.toContain(JSON.stringify(value).slice(1, -1))
  }
  expect(out).not.toMatch(/another-workspace|response-secret|aW50ZXJhY3Rpb24|plain-token|plain-password/)
  expect(out).toContain('in an object')
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
})
