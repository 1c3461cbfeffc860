import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { groupBy } from '#core/group-by.ts'
import { goldOf } from './datasets/dataset-case.ts'
import { readSpider } from './datasets/spider.ts'
import { suiteFiles } from './datasets/suite-files.ts'
import { caseHardness } from './score/exact-set/case-hardness.ts'
import { openScorer, type Score, type Scorer } from './score/open-scorer.ts'

// npm run bench:eval -- --spider FOLDER [--reference FOLDER]: gold against gold over Spider dev, both sides run, one parent and two
// processes, beside the reference (one process, on a copy of the databases, since it opens them for writing). Fails if a gold query is not
// right against itself, or if it was not all of Spider dev that was scored.
const { values } = parseArgs({
  options: {
    spider: { type: 'string' },
    reference: { type: 'string' },
    python: { type: 'string', default: 'python3' },
  },
})
const { spider, reference, python } = values
if (spider === undefined) throw new Error('Name the folder of Spider: npm run bench:eval -- --spider FOLDER')

/** The reference's own comparison, timed. */
const TIMER = `
import json, sys, time
sys.path.insert(0, sys.argv[1])
from exec_eval import eval_exec_match
times = {}
for name, pairs in json.load(open(sys.argv[2])).items():
    started = time.perf_counter()
    right = sum(eval_exec_match(db, sql, sql, False, False, False) for db, sql in pairs)
    assert right == len(pairs), (name, right)
    times[name] = round(time.perf_counter() - started, 2)
print(json.dumps(times))
`

const cases = await readSpider(spider, 'dev')
const pairs = await Promise.all(
  cases.map(async (one) => ({
    gold: goldOf(one),
    predicted: goldOf(one),
    file: one.file,
    files: await suiteFiles(join(spider, 'testsuite'), one.database),
  })),
)
const withSuite = pairs.filter(({ files }) => files.length > 0)
const [cpu] = cpus()
console.log(`${cpu?.model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}`)
const seconds = {
  ex: await timed('EX', (scorer) => pairs.map((pair) => scorer.scoreEx(pair))),
  ts: await timed('TS', (scorer) => withSuite.map((pair) => scorer.scoreTs(pair))),
}
const hardness = Object.fromEntries(
  [...groupBy(await caseHardness(cases), (one) => one ?? 'unread')].map(([name, some]) => [name, some.length]),
)
console.log(`classes of hardness: ${JSON.stringify(hardness)}`)
expectAll({ EX: pairs.length, TS: withSuite.length, ...hardness })
const referenceSeconds = reference === undefined ? null : timeReference(reference)
console.log(JSON.stringify({ seconds, wanted: { ex: 3, ts: 20 }, referenceSeconds }))

async function timed(name: string, scores: (scorer: Scorer) => Promise<Score>[]): Promise<number> {
  const started = performance.now()
  const scorer = openScorer({ processes: 2 })
  const all = await Promise.all(scores(scorer))
  await scorer.close()
  const took = round((performance.now() - started) / 1000)
  const right = all.filter(({ verdict }) => verdict === 'right').length
  console.log(`${name}: ${right} of ${all.length} right in ${took} s`)
  if (right < all.length) process.exitCode = 1
  return took
}

/** How many questions Spider dev has, how many of them have distilled databases, and Spider's classes of them. */
function expectAll(counted: Record<string, number>): void {
  for (const [name, n] of Object.entries({ EX: 1034, TS: 972, easy: 248, medium: 446, hard: 174, extra: 166 })) {
    if (counted[name] === n) continue
    console.error(
      `${name}: ${counted[name] ?? 0} questions instead of ${n}. Is this all of Spider dev, with its testsuite?`,
    )
    process.exitCode = 1
  }
}

/** Null where Python, or what the reference needs, is not here. */
function timeReference(folder: string): { ex: number; ts: number } | null {
  const copies = mkdtempSync(join(tmpdir(), 'rowbot-reference-'))
  try {
    for (const name of ['database', 'testsuite'])
      cpSync(join(spider ?? '', name), join(copies, name), { recursive: true })
    const list = (name: string, some: typeof cases) =>
      some.map(({ database, accepted }) => [join(copies, name, database, `${database}.sqlite`), accepted[0]])
    const suites = new Set(withSuite.map(({ file }) => file))
    const work = {
      ex: list('database', cases),
      ts: list(
        'testsuite',
        cases.filter(({ file }) => suites.has(file)),
      ),
    }
    writeFileSync(join(copies, 'work.json'), JSON.stringify(work))
    const ran = spawnSync(python, ['-c', TIMER, folder, join(copies, 'work.json')], { encoding: 'utf8' })
    if (ran.status === 0) return JSON.parse(ran.stdout.trimEnd().split('\n').at(-1) ?? '')
    console.log(`The reference does not run here: ${ran.error?.message ?? ran.stderr.trim().split('\n').at(-1)}`)
    return null
  } finally {
    rmSync(copies, { recursive: true, force: true })
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
