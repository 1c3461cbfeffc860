import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'
import { serveModel } from '../testing/serve-model.ts'

const ANSWERS: [RegExp, string][] = [
  [/How many students/, 'SELECT count(*) FROM student'],
  [/names of all students/, 'SELECT name FROM student WHERE age > 30'],
  [/average age/, 'SELECT avg(agee) FROM student'],
  [/oldest/, 'SELECT name FROM student ORDER BY name LIMIT 1'],
  [/How many ships/, 'SELECT count(*) FROM ships'],
  [/Norway/, "SELECT name FROM ship WHERE country = 'Norway'"],
]
const answer = (asked: string) => ANSWERS.find(([about]) => about.test(asked))?.[1] ?? 'I do not know.'

let line: TestCommandLine
let spider: string
/** What the model is to do instead of answering. */
let trouble: ((asked: string) => string | null) | null

beforeEach(async () => {
  trouble = null
  line = await openCommandLine((asked) => (trouble ? trouble(asked) : answer(asked)))
  spider = writeTinySpider(join(line.home, '..', 'spider'))
})
afterEach(() => line.close())

const run = (...args: string[]) => line.run(['eval', ...args])
const onSpider = (...args: string[]) => run('spider', '--spider', spider, ...args)
/** The model refuses whatever is asked after so many answers. */
const failAfter = (count: number) => {
  let answered = 0
  trouble = (asked) => {
    if (++answered > count) throw new Error('no longer allowed')
    return answer(asked)
  }
}
const jsonLines = (out: string) => [...out.matchAll(/^\{.*\}$/gm)].map(([json]) => JSON.parse(json))

describe('a run on Spider', () => {
  test('scores the pipeline, says what each stage gave and what went wrong, and is remembered', async () => {
    const { code, out } = await onSpider('--suite')
    expect(code).toBe(0)
    const [last] = jsonLines(out)
    // Fitting mends "agee" and "ships"; the wrong filter and the wrong order stay wrong.
    expect(last).toMatchObject({ n: 6, ex: 66.67, ts: 50, crashed: 0 })
    expect(out).toMatch(/first query as written\s+2/)
    expect(out).toMatch(/fitted to names and values\s+4\s+2\s+0/)
    expect(out).toMatch(/other order or limit\s+1/)
    expect(out).toContain('TS leaves out 2 questions')
    expect(out).toMatch(/easy\s+5\s+80\.0/)

    const runs = await run('runs')
    expect(runs.out).toMatch(/spider-dev\s+everything\s+finished\s+66\.7 %/)
    const page = join(line.home, 'report.html')
    await run('report', 'last', '--out', page)
    const html = readFileSync(page, 'utf8')
    expect(html).toContain('66.7')
    expect(html).toContain('data:image/svg+xml')
    expect(html).not.toMatch(/<script|https?:\/\//)
  })

  test('measures configurations side by side on the same questions', async () => {
    const { out } = await onSpider('--without', 'vote,repair', '--compare', 'constraint,plain,sqlforge')
    const lines = jsonLines(out)
    expect(lines.map(({ label, ex }) => [label, ex])).toEqual([
      ['without repair, vote', 66.67],
      ['without repair, vote, names', 33.33],
      ['plain prompt', 33.33],
      ["SQLForge's prompt", 33.33],
    ])
    const asked = line.model.asked.filter((text) => text.startsWith('Database schema:\nCREATE TABLE student ('))
    expect(asked).toHaveLength(4)
    const table = (await run('table')).out
    expect(table).toMatch(/\| scripted \| SQLForge's prompt \| 6 \| 33\.3 \(/)
    expect(table.trimEnd().split('\n')).toHaveLength(2 + 4)
    expect(out).toMatch(/No significant change \(2 newly broken, 0 newly fixed, exact McNemar test p = 0.500\)/)
    const { out: markdown } = await run('report', lines[1].run, '--against', lines[0].run)
    expect(markdown).toContain('Newly broken')
    expect(markdown).toContain('now     no query')
  })

  test('what configurations have in common is written once, and timed as if it had been written for each', async () => {
    await onSpider('--without', 'vote,repair', '--compare', 'names,shape,thorough')
    expect(line.model.asked).toHaveLength(6)
    const folder = join(line.home, 'exported')
    await run('export', 'last', folder)
    const results = readFileSync(join(folder, 'results.jsonl'), 'utf8').trimEnd().split('\n')
    for (const result of results) expect(JSON.parse(result).generatingMs).toBeGreaterThan(0)
  })

  test('is exported for other scorers, with everything that is needed to repeat it', async () => {
    await onSpider('--limit', '3')
    const folder = join(line.home, 'exported')
    expect((await run('export', 'last', folder)).code).toBe(0)
    const lines = (name: string) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n')
    expect(lines('predicted.sql')).toHaveLength(3)
    expect(lines('gold.sql')[0]).toMatch(/^SELECT .*\t(school|fleet)$/)
    expect(JSON.parse(lines('results.jsonl')[0] ?? '')).toMatchObject({ case: { gold: expect.any(String) } })
    expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toMatchObject({
      planned: 3,
      setup: {
        model: { hash: expect.any(String) },
        promptVersion: expect.any(String),
        data: { hash: expect.any(String), limit: 3 },
        hardware: { cores: expect.any(Number) },
      },
    })
    expect((await run('export', 'last', folder)).err).toContain('exists already')
  })

  test('goes on where kill -9 stopped it, but not with another model', async () => {
    const questions = new Set<string>()
    trouble = (text) => (questions.add(text).size > 3 ? null : answer(text))
    const rowbot = join(import.meta.dirname, '..', 'rowbot.cjs')
    const args = ['eval', 'spider', '--spider', spider, '--without', 'vote,repair']
    const env = { PATH: dirname(process.execPath), ...line.env }
    const child = spawn(process.execPath, [rowbot, ...args], { env, stdio: 'ignore' })
    while (!(await run('runs')).out.includes('3 of 6')) await new Promise((resolve) => setTimeout(resolve, 50))
    child.kill('SIGKILL')
    await once(child, 'exit')
    trouble = null

    const half = await run('runs')
    expect(half.out).toMatch(/running, 3 of 6/)
    const partial = await run('report', 'last')
    expect(partial.out).toContain('Partial: 3 of 6 questions were asked.')

    const another = await serveModel(answer, 'another')
    try {
      const args = ['eval', 'resume', 'last', '--spider', spider]
      const other = await line.run(args, { env: { ROWBOT_SERVER_URL: another.url } })
      expect(other.code).toBe(1)
      expect(other.err).toMatch(/something has changed since it began: the model \(was scripted \S*, is another/)
      expect(another.asked).toEqual([])
    } finally {
      await another.close()
    }
    const before = line.model.asked.length
    const effort = await run('resume', 'last', '--spider', spider, '--effort', 'thorough')
    expect(effort.err).toMatch(/something has changed since it began: the settings/)

    const { code, out } = await run('resume', 'last', '--spider', spider)
    expect(code).toBe(0)
    expect(line.model.asked.length - before).toBe(3)
    expect(jsonLines(out)).toMatchObject([{ n: 6, ex: 66.67 }])
    expect((await run('resume', 'last', '--spider', spider)).err).toContain('is finished')
    // The whole program starts anew six times here.
  }, 60_000)

  test('that a person stops says so, and goes on', async () => {
    const stop = new AbortController()
    const seen = line.model.asked
    trouble = (text) => {
      if (seen.length > 3) stop.abort(new Error('stopped'))
      return answer(text)
    }
    const args = ['eval', 'spider', '--spider', spider, '--without', 'vote,repair']
    const { code, out, err } = await line.run(args, { signal: stop.signal })
    expect(code).toBe(1)
    expect(err).toBe('Stopped.\n')
    trouble = null
    const [, id = ''] = /After a stop: rowbot eval resume (\S+)/.exec(out) ?? []
    expect(jsonLines((await run('resume', id, '--spider', spider)).out)).toMatchObject([{ n: 6, ex: 66.67 }])
  })

  test('ends when the model is gone, says why, and keeps what was done', async () => {
    failAfter(2)
    const { code, err } = await onSpider('--without', 'vote,repair')
    expect(code).toBe(1)
    expect(err).not.toBe('')
    expect((await run('runs')).out).toMatch(/failed, 2 of 6/)
    trouble = null
    expect(jsonLines((await run('resume', 'last', '--spider', spider)).out)).toMatchObject([{ n: 6, ex: 66.67 }])
  })

  test('takes any data set that can be read, with follow-ups, and says which gold queries fail', async () => {
    const turns = [
      { utterance: 'How many students are there?', query: 'SELECT count(*) FROM student' },
      { utterance: 'And the average age?', query: 'SELECT avg(age) FROM student' },
      { utterance: 'How many students are there today?', query: 'SELECT count(*) FROM boat' },
    ]
    const data = line.write('sparc-dev.json', JSON.stringify([{ database_id: 'school', interaction: turns }]))
    const { code, out } = await run('spider', '--data', data, '--spider', spider, '--without', 'vote,repair')
    expect(code).toBe(0)
    expect(jsonLines(out)).toMatchObject([{ n: 3, ex: 66.67, crashed: 0 }])
    expect(out).toMatch(/gold failed\s+33\.3 \(1\)/)
    const [, second] = line.model.asked
    expect(second).toContain('And the average age?')

    const [{ run: id }] = jsonLines(out)
    const name = /Run \S+: (\S+),/.exec((await run('report', id)).out)?.[1] ?? ''
    expect(name).toMatch(/\/sparc-dev$/)
    expect((await run('table', '--data', name)).out).toMatch(/sparc-dev .*\| 3 \| 66\.7/)
    expect((await run('table')).out).not.toContain('sparc-dev')
  })

  test('on another data set goes on with its file, but not once that is another one', async () => {
    const data = join(spider, 'variant.json')
    const dev = readFileSync(join(spider, 'dev.json'), 'utf8')
    writeFileSync(data, dev)
    failAfter(2)
    expect((await run('spider', '--data', data, '--without', 'vote,repair')).code).toBe(1)
    trouble = null
    writeFileSync(data, dev.replace('How many students', 'How many pupils'))
    expect((await run('resume', 'last')).err).toMatch(/something has changed since it began: the data/)

    writeFileSync(data, dev)
    const before = line.model.asked.length
    const { out } = await run('resume', 'last')
    expect(jsonLines(out)).toMatchObject([{ n: 6, ex: 66.67 }])
    expect(line.model.asked.length - before).toBe(4)
  })

  test('two at once do not mix', async () => {
    const both = await Promise.all([onSpider('--limit', '4'), onSpider('--limit', '5')])
    expect(both.flatMap(({ out }) => jsonLines(out).map(({ n }) => n)).sort()).toEqual([4, 5])
  })
})

describe('what cannot be done is said', () => {
  test.each([
    ['a folder without Spider', ['spider', '--spider', '/nowhere'], 'dev.json'],
    ['a part that there is not', ['spider', '--spider', 'SPIDER', '--without', 'luck'], '"luck" is no part'],
    ['a run that there is not', ['report', '2020'], 'There is no run "2020"'],
    ['no run at all', ['report', 'last'], 'There is no run yet'],
  ])('%s', async (_, args, said) => {
    const { code, err } = await run(...args.map((arg) => arg.replace('SPIDER', spider)))
    expect(code).toBe(1)
    expect(err).toContain(said)
    expect(existsSync(line.home)).toBe(true)
  })

  test('a database that is missing, before any question is asked', async () => {
    rmSync(join(spider, 'database', 'fleet'), { recursive: true })
    const { code, err } = await onSpider()
    expect(code).toBe(1)
    expect(err).toContain('fleet.sqlite')
    expect(line.model.asked).toEqual([])
  })
})
