import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Config } from '#core/config.ts'
import { localDate } from '#core/periods/local-date.ts'
import type { State } from '#databases/state/open-state.ts'
import { benchAnswer } from '#eval/bench-answer.ts'
import { calibrate } from '#eval/calibration/calibrate.ts'
import { checkFloor, standardFloor } from '#eval/check-floor.ts'
import { getSpider } from '#eval/datasets/get/get-spider.ts'
import { spiderFolder } from '#eval/datasets/spider-folder.ts'
import { evaluateSpider, resumeSpider } from '#eval/evaluate-spider.ts'
import type { Measured } from '#eval/measured.ts'
import { evaluateOwn } from '#eval/own/evaluate-own.ts'
import { caseCandidates, makeOwnCase } from '#eval/own/make-own-case.ts'
import { showScores } from '#eval/predictions/show-scores.ts'
import { measureRefusals } from '#eval/refusals/measure-refusals.ts'
import { buildReport } from '#eval/report/build-report.ts'
import { putTable } from '#eval/report/put-table.ts'
import { runFacts } from '#eval/report/run-facts.ts'
import { reportsOfTable, runTable } from '#eval/report/run-table.ts'
import { writeReport } from '#eval/report/write-report.ts'
import { databasesOf } from '#eval/run/data-cases.ts'
import { exportRun } from '#eval/run/export-run.ts'
import { scoreFile } from '#eval/score-file.ts'
import { scoreRequest } from '#eval/score-request.ts'
import { evaluateShop } from '#eval/shop/evaluate-shop.ts'
import { writeVariants } from '#eval/variants/write-variants.ts'
import type { Generator } from '#models/generator.ts'
import type { EvaluationHost } from '../cli/evaluation-host.ts'
import type { Flags, Terminal } from '../cli/host.ts'
import { CLEAR_LINE } from '../cli/status-line.ts'
import { createClosing } from '../closing.ts'
import { renderChart } from '../reply/render-chart.ts'
import { openDatasetRooms } from './open-dataset-rooms.ts'
import { localAsker, openModel, openRooms, places, type Rooms } from './open-rooms.ts'
import { runTonight } from './run-tonight.ts'
import { withMeasured } from './with-measured.ts'
import { withState } from './with-state.ts'

type Parts = { configFrom: (flags: Flags) => Config; terminal: Terminal }

/** What the commands of the evaluation do. */
export function evaluationHost({ configFrom, terminal }: Parts): EvaluationHost {
  const measure = <T>(
    flags: Flags,
    signal: AbortSignal,
    work: (measured: Measured, rooms: Rooms) => Promise<T>,
    { withShop = false } = {},
  ) => {
    const config = configFrom(flags)
    return withState(config, (state) =>
      withModel(config, (generator) =>
        withMeasured({ config, generator, store: state.evaluation, ...voiceOf(terminal), signal, withShop }, work),
      ),
    )
  }
  const ourSpider = () => {
    const { home, spiderFolder: set } = configFrom({})
    return set ?? places(home).spider
  }
  /** Flags with the folder of Spider filled in. */
  const withSpider = async <T extends { spider?: string }>(flags: T) => ({
    ...flags,
    spider: await spiderFolder(flags.spider, ourSpider()),
  })
  const remembered = <T>(work: (state: State) => Promise<T> | T) => withState(configFrom({}), work)
  return {
    async benchAnswer(given, signal) {
      const flags = await withSpider(given)
      await measure(flags, signal, (parts) => benchAnswer(parts, flags))
    },
    async calibration(given, signal) {
      const flags = await withSpider(given)
      await measure(flags, signal, (parts) => calibrate(parts, flags))
    },
    async refusals(given, signal) {
      const flags = await withSpider(given)
      await measure(flags, signal, (parts) => measureRefusals(parts, flags))
    },
    shop: (flags, signal) =>
      measure(
        flags,
        signal,
        async (parts, { sampleId, config }) => {
          if (!sampleId) throw new Error('the sample shop was not made')
          await evaluateShop(parts, { shop: sampleId, today: localDate(new Date(), config.timeZone) })
        },
        { withShop: true },
      ),
    async variants(folder, given, signal) {
      const flags = await withSpider(given)
      const closing = createClosing()
      try {
        const config = configFrom({})
        const { open } = await openDatasetRooms(config, closing, signal)
        return await writeVariants({ ...flags, folder: resolve(folder), asker: localAsker(config), open })
      } finally {
        await closing.close()
      }
    },
    async spider({ data, dbDir, split, ...given }, signal) {
      const find = () => spiderFolder(given.spider, ourSpider())
      const asked =
        data === undefined
          ? { spider: await find(), split }
          : { data: resolve(data), databases: resolve(dbDir ?? (await databasesOf(data, find))) }
      await measure(given, signal, (parts) => evaluateSpider(parts, { ...given, ...asked }))
    },
    async resume(id, given, signal) {
      const spider = () => spiderFolder(given.spider, ourSpider())
      await measure(given, signal, (parts) => resumeSpider(parts, { id, spider }))
    },
    async check(given, signal) {
      const { spider } = await withSpider(given)
      return measure(given, signal, (parts) => checkFloor(parts, { spider, floor: standardFloor }))
    },
    async nightly(given, signal) {
      const config = configFrom(given)
      const { spider } = await withSpider(given)
      return withState(config, (state) =>
        withModel(config, (generator) =>
          runTonight({ config: { ...config, spiderFolder: spider }, state, generator, ...voiceOf(terminal), signal }),
        ),
      )
    },
    async mine(flags, signal) {
      const config = configFrom(flags)
      const rooms = await openRooms(config)
      try {
        await withModel(config, (generator) => {
          const store = rooms.state.evaluation
          const parts = { config, rooms, generator, store, ...voiceOf(terminal), signal }
          return withMeasured(parts, (measured) => evaluateOwn(measured, { ...flags, state: rooms.state }))
        })
      } finally {
        await rooms.close()
      }
    },
    candidates: () => remembered(caseCandidates),
    add: (request) => remembered((state) => makeOwnCase(state, request)),
    sql: async (file, flags, onProgress, signal) =>
      showScores(await scoreFile(await scoreRequest(file, flags, ourSpider()), { onProgress, signal })),
    async getSpider(source, onProgress, signal) {
      const folder = ourSpider()
      const { changed, hasSuite } = await getSpider({ ...source, folder, onProgress, signal })
      const notes = changed.map((name) => `${name} is not as it was published: numbers on it are not comparable.`)
      return { folder, notes: hasSuite ? notes : [...notes, NO_SUITE] }
    },
    runs: () => remembered(({ evaluation }) => evaluation.list().map((run) => runFacts(evaluation, run))),
    report: ({ id, against, format }) =>
      remembered(({ evaluation }) => writeReport(buildReport(evaluation, id, against), format, drawChart)),
    table: ({ into, ...wanted }) =>
      remembered(({ evaluation }) => {
        const table = runTable(reportsOfTable(evaluation, wanted))
        return into === undefined ? table : putTable(resolve(into), table, wanted)
      }),
    export: (id, folder) => remembered(({ evaluation }) => exportRun(evaluation, id, folder)),
    pin: (id) =>
      remembered(({ evaluation }) => {
        const run = evaluation.find(id)
        evaluation.pin(run.dataset, run.id)
        return run.id
      }),
    remove: (id) => remembered(({ evaluation }) => evaluation.remove(evaluation.find(id).id)),
  }
}

const NO_SUITE =
  'There is no folder testsuite, so that there is no test-suite accuracy (TS): only execution accuracy (EX) is measured.'

function voiceOf(terminal: Terminal): Pick<Measured, 'print' | 'progress'> {
  return {
    print: (line) => terminal.write(`${line}\n`),
    progress: (line) => terminal.interactive && terminal.notice(CLEAR_LINE + line.slice(0, terminal.width - 1)),
  }
}

const CHART_WIDTH_PX = 720

const drawChart: Parameters<typeof writeReport>[2] = (chart) =>
  renderChart(chart, { theme: 'light', locale: 'en', widthPx: CHART_WIDTH_PX })

/** What it reads of schemas that are only measured is not kept. */
async function withModel<T>(config: Config, work: (generator: Generator) => Promise<T>): Promise<T> {
  const prefixHome = mkdtempSync(join(tmpdir(), 'rowbot-prefixes-'))
  try {
    const generator = await openModel(config, { prefixHome })
    try {
      return await work(generator)
    } finally {
      await generator.close()
    }
  } finally {
    rmSync(prefixHome, { recursive: true, force: true })
  }
}
