import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { availableCores, describeHardware, freeMemory } from './hardware.ts'

test('the machine is described', async () => {
  const hardware = await describeHardware()
  expect(hardware.cpu).not.toBe('')
  expect(hardware.cores).toBeGreaterThanOrEqual(1)
  expect(hardware.freeMemoryBytes).toBeLessThan(hardware.memoryBytes)
  expect(hardware.problem).toBeNull()
})

test("a container's share of the processors counts, not what the machine has", async () => {
  const directory = await mkdtemp(join(tmpdir(), 'rowbot-hardware-'))
  const quota = async (text: string) => {
    await writeFile(join(directory, 'cpu.max'), text)
    return availableCores(join(directory, 'cpu.max'))
  }
  expect(await quota('100000 100000\n')).toBe(1)
  expect(await quota('20000 100000\n')).toBe(1)
  expect(await quota('max 100000\n')).toBe(availableParallelism())
  expect(await quota('nonsense')).toBe(availableParallelism())
  expect(availableCores(join(directory, 'none'))).toBe(availableParallelism())
  await rm(directory, { recursive: true })
})

test('free memory is more than nothing and less than all', () => {
  expect(freeMemory()).toBeGreaterThan(50e6)
  expect(freeMemory()).toBeLessThan(totalmem())
})
