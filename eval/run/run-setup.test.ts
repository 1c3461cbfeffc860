import { expect, test } from 'vitest'
import { describeSetup, type RunSetup, readSetup, refuseChange } from './run-setup.ts'

const before = describeSetup({
  identity: { name: 'model', hash: 'hash', adapter: 'adapter', contextTokens: 4096 },
  data: { name: 'dev', hash: 'data', databases: 'files', limit: null, seed: 0, files: null },
  configuration: { label: 'everything', baseline: null, effort: 'balanced', without: [] },
  settings: { maxRows: 10 },
  gpu: 'off',
  suite: false,
  parallel: 1,
})

test('a run goes on with what it began with, on whatever machine', () => {
  const hardware = { ...before.hardware, cores: 64 }
  expect(() => refuseChange(readSetup(JSON.parse(JSON.stringify(before))), { ...before, hardware })).not.toThrow()
})

test('a run that an earlier version began goes on: it did not note its databases', () => {
  const { databases: _, ...data } = before.data
  expect(() => refuseChange(readSetup({ ...before, data }), before)).not.toThrow()
})

const changes: [string, Partial<RunSetup>][] = [
  ['the model (was model hash, is other hash)', { model: { ...before.model, name: 'other' } }],
  ['the model (was model hash, is model elsewhere)', { model: { ...before.model, hash: 'elsewhere' } }],
  ['the adapter (was adapter, is null)', { model: { ...before.model, adapter: null } }],
  ['the prompt', { promptVersion: 'other' }],
  ['the code', { revision: '0123456789ab' }],
  ['the data (was dev data, is dev other)', { data: { ...before.data, hash: 'other' } }],
  ['the databases (was files, is other)', { data: { ...before.data, databases: 'other' } }],
  ['the settings', { settings: { maxRows: 20 } }],
]
test.each(changes)('not with another: %s', (said, change) => {
  expect(() => refuseChange(before, { ...before, ...change })).toThrow(
    expect.objectContaining({ code: 'run-changed', message: expect.stringContaining(said) }),
  )
})

test('everything that changed is said at once', () => {
  const changed = { ...before, promptVersion: 'other', settings: {} }
  expect(() => refuseChange(before, changed)).toThrow(/the prompt .*; the settings /)
})
