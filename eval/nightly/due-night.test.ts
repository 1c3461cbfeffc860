import { describe, expect, test } from 'vitest'
import type { NightRecord } from '#databases/state/evaluation-record.ts'
import { dueNight } from './due-night.ts'

const schedule = { at: '02:30', timeZone: 'Europe/Berlin' }
const night = (name: string, status: NightRecord['status'] = 'done'): NightRecord => ({
  night: name,
  runId: null,
  status,
  failure: null,
  startedAt: '',
  finishedAt: null,
})
const due = (now: string, known?: NightRecord, startedAt = '2026-01-01T00:00:00Z', at = schedule) =>
  dueNight({ schedule: at, known, now: new Date(now), startedAt: new Date(startedAt) })

describe('which night is due', () => {
  test('none before the hour, one after it', () => {
    expect(due('2026-11-28T01:29:59Z', night('2026-11-27'))).toEqual({ missed: [], run: null })
    expect(due('2026-11-28T01:30:00Z', night('2026-11-27'))).toEqual({ missed: [], run: '2026-11-28' })
    expect(due('2026-11-28T01:31:00Z', night('2026-11-28'))).toEqual({ missed: [], run: null })
  })

  test('the first one is the next, not one of the past', () => {
    expect(due('2026-11-28T09:00:00Z', undefined, '2026-11-28T08:00:00Z').run).toBeNull()
    expect(due('2026-11-29T01:30:30Z', undefined, '2026-11-28T08:00:00Z').run).toBe('2026-11-29')
  })

  test('one that was missed is caught up in the morning, and said to be missed later', () => {
    expect(due('2026-11-28T07:00:00Z', night('2026-11-25'))).toEqual({
      missed: ['2026-11-26', '2026-11-27'],
      run: '2026-11-28',
    })
    expect(due('2026-11-28T16:00:00Z', night('2026-11-26'))).toEqual({
      missed: ['2026-11-27', '2026-11-28'],
      run: null,
    })
  })

  test('one that was interrupted goes on', () => {
    expect(due('2026-11-28T05:00:00Z', night('2026-11-28', 'running')).run).toBe('2026-11-28')
  })

  test('a clock that jumps brings no night twice', () => {
    expect(due('2026-11-27T12:00:00Z', night('2026-11-28')).run).toBeNull()
    expect(due('2026-11-28T01:40:00Z', night('2026-11-28')).run).toBeNull()
    expect(due('2026-11-29T02:00:00Z', night('2026-11-28')).run).toBe('2026-11-29')
  })

  test('an hour that the spring leaves out comes when the clocks have been put forward', () => {
    expect(due('2026-03-29T00:59:59Z', night('2026-03-28')).run).toBeNull()
    expect(due('2026-03-29T01:00:00Z', night('2026-03-28')).run).toBe('2026-03-29')
    expect(due('2026-03-30T00:30:00Z', night('2026-03-29'))).toEqual({ missed: [], run: '2026-03-30' })
  })

  test('an hour that comes twice in autumn is one night', () => {
    expect(due('2026-10-25T00:30:00Z', night('2026-10-24')).run).toBe('2026-10-25')
    expect(due('2026-10-25T01:30:00Z', night('2026-10-25')).run).toBeNull()
    expect(due('2026-10-26T01:30:00Z', night('2026-10-25'))).toEqual({ missed: [], run: '2026-10-26' })
  })
})
