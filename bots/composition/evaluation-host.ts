import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAssistant } from '#core/assistant.ts'
import type { Config } from '#core/config.ts'
import { today } from '#core/prompt/today.ts'
import { withFiles } from '#databases/registry/with-files.ts'
import { openState, type State } from '#databases/state/open-state.ts'
import { calibrate } from '#eval/calibration/calibrate.ts'
import { getSpider } from '#eval/datasets/get/get-spider.ts'
import { spiderFolder } from '#eval/datasets/spider-folder.ts'
import { evaluateSpider, resumeSpider } from '#eval/evaluate-spider.ts'
import type { Measured } from '#eval/measured.ts'
import { showScores } from '#eval/predictions/show-scores.ts'
import { measureRefusals } from '#eval/refusals/measure-refusals.ts'
import { buildReport } from '#eval/report/build-report.ts'
import { runFacts } from '#eval/report/run-facts.ts'
import { writeReport } from '#eval/report/write-report.ts'
import { exportRun } from '#eval/run/export-run.ts'
import { benchAnswer, evaluateHeldBack, evaluateShop } from '#eval/run-evaluation.ts'
import { scoreFile } from '#eval/score-file.ts'
import { scoreRequest } from '#eval/score-request.ts'
import type { EvaluationHost } from '../cli/evaluation-host.ts'
import type { Flags, Terminal } from '../cli/host.ts'
import { CLEAR_LINE } from '../cli/progress.ts'
import { createClosing } from '../closing.ts'
import { renderChart } from '../reply/render-chart.ts'
import { localAsker, openModel, openRooms, places, type Rooms } from './open-rooms.ts'

type Parts = { configFrom: (flags: Flags) => Config; terminal: Terminal }

/** What the commands of the evaluation do. */
export function evaluationHost({ configFrom, terminal }: Parts): EvaluationHost {
  const measure = <T>(flags: Flags, signal: AbortSignal, work: (measured: Measured, rooms: Rooms) => Promise<T>) =>
    withMeasured({ config: configFrom(flags), terminal, signal }, work)
  const ourSpider = () => places(configFrom({}).home).spider
  /** Flags with the folder of Spider filled in. */
  const withSpider = async <T extends { spider?: string }>(flags: T) => ({
    ...flags,
    spider: await spiderFolder(flags.spider, ourSpider()),
  })
  const remembered = <T>(work: (state: State) => Promise<T> | T) => withState(configFrom({}), work)
  return {
    async heldBack(given, signal) {
      const flags = await withSpider(given)
      await measure(flags, signal, (parts) => evaluateHeldBack(parts, flags))
    },
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
      measure(flags, signal, async (parts, { sampleId, config }) => {
        if (sampleId) await evaluateShop(parts, { shop: sampleId, today: today(new Date(), config.timeZone) })
      }),
    async spider(given, signal) {
      const flags = await withSpider(given)
      await measure(flags, signal, (parts) => evaluateSpider(parts, flags))
    },
    async resume(id, given, signal) {
      const { spider } = await withSpider(given)
      await measure(given, signal, (parts) => resumeSpider(parts, { id, spider }))
    },
    sql: async (file, flags, onProgress, signal) =>
      showScores(await scoreFile(await scoreRequest(file, flags, ourSpider()), { onProgress, signal })),
    async getSpider(source, onProgress, signal) {
      const folder = ourSpider()
      const { changed } = await getSpider({ ...source, folder, onProgress, signal })
      const notes = changed.map((name) => `${name} is not as it was published: numbers on it are not comparable.`)
      return { folder, notes }
    },
    runs: () => remembered(({ evaluation }) => evaluation.list().map((run) => runFacts(evaluation, run))),
    report: ({ id, against, format }) =>
      remembered(({ evaluation }) => writeReport(buildReport(evaluation, id, against), format, drawChart)),
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

const CHART_WIDTH_PX = 720

const drawChart: Parameters<typeof writeReport>[2] = (chart) =>
  renderChart(chart, { theme: 'light', locale: 'en', widthPx: CHART_WIDTH_PX })

async function withState<T>({ home }: Config, work: (state: State) => Promise<T> | T): Promise<T> {
  const state = openState({ path: places(home).state })
  try {
    return await work(state)
  } finally {
    state.close()
  }
}

/** Measurements run in a data directory of their own, so that nobody's history fills with them; their runs are remembered in the real one. */
async function withMeasured<T>(
  { config: given, terminal, signal }: { config: Config; terminal: Terminal; signal: AbortSignal },
  work: (measured: Measured, rooms: Rooms) => Promise<T>,
): Promise<T> {
  const closing = createClosing()
  try {
    const config = { ...given, home: mkdtempSync(join(tmpdir(), 'rowbot-eval-')) }
    closing.add(() => rmSync(config.home, { recursive: true, force: true }))
    const state = openState({ path: places(given.home).state })
    closing.add(() => state.close())
    const rooms = await openRooms(config)
    closing.add(rooms.close)
    const generator = await openModel(given, { prefixHome: config.home })
    closing.add(() => generator.close())
    const databases = withFiles(rooms.registry)
    const measured: Measured = {
      generator,
      assistantOver: (one, settings = {}, now) =>
        createAssistant({ databases, generator: one, settings: { ...config, ...settings }, now }),
      databases,
      asker: localAsker(config),
      store: state.evaluation,
      settings: pipelineSettings(config),
      gpu: String(config.gpu),
      print: (line) => terminal.write(`${line}\n`),
      progress: (line) => terminal.interactive && terminal.notice(CLEAR_LINE + line.slice(0, terminal.width - 1)),
      signal,
    }
    return await work(measured, rooms)
  } finally {
    await closing.close()
  }
}

/** The settings that decide what is answered. */
export function pipelineSettings(config: Config): Measured['settings'] {
  const { effort, maxAttempts, answerDeadlineMs, queryDeadlineMs, maxRows, contextTokens, threads } = config
  return { effort, maxAttempts, answerDeadlineMs, queryDeadlineMs, maxRows, contextTokens, threads }
}
