import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Job } from '#core/chat-memory.ts'
import { createTurns } from './fair-order.ts'
import { workspaceKey } from './ids.ts'
import type { Office } from './office.ts'
import { createPauses } from './pauses.ts'
import { waitingMessage } from './progress-line.ts'
import { type Ending, sendEnding } from './send-ending.ts'
import { type Progress, showProgress } from './show-progress.ts'
import { placeOf } from './transmit.ts'
import { interrupted, type Postponed, workOn } from './work-on.ts'

/** Works on the questions that wait, a few at a time, and sends what comes of them. */
export type Queue = {
  /** Looks for work. */
  wake(): void
  /** Takes up what was left behind, as after a restart: questions under way, answers that were not sent. */
  resume(platform: string): void
  /** Stops a question of this id wherever it is. False where it has ended already. */
  stop(questionId: string): boolean
  /** Begins nothing more, gives what is under way some time to end, and hands back the rest. */
  close(options: { graceMs: number }): Promise<void>
}

const LEASE_MS = 60_000
const RENEW_MS = 20_000
/** Who waits longer than this is told how many come before. */
const PATIENCE_MS = 2_000
const LOOK_MS = 500
/** Places change all the time, and platforms limit how often a message may. */
const TELL_AGAIN_MS = 10_000
/** Nobody expects an answer any more that was interrupted so long ago. */
const STALE_MS = 60 * 60_000

export function createQueue(office: Office): Queue {
  const { memory, settings, log } = office
  const { jobs } = memory
  const holder = randomUUID()
  const turns = createTurns()
  const pauses = createPauses()
  const closing = new AbortController()
  const running = new Map<string, { work: Promise<void>; stop: AbortController }>()
  const sending = new Map<string, Promise<void>>()
  const progress = new Map<string, Progress>()
  const toldAt = new Map<string, number>()
  let isOpen = true
  jobs.release({ holder, now: office.now() })

  const lease = () => ({ holder, until: new Date(office.now().getTime() + LEASE_MS) })
  const renewal = setInterval(() => jobs.renew(lease()), RENEW_MS).unref()
  const announcing = setInterval(() => announce(), LOOK_MS).unref()

  const isConnected = ({ questionId }: { questionId: string }) => {
    const job = jobs.get(questionId)
    if (!job) return false
    const place = placeOf(job)
    return office.platforms.has(place.platform) && !pauses.isPaused(workspaceKey(place))
  }
  const progressOf = (questionId: string) => {
    const shown = progress.get(questionId) ?? showProgress({ office, pauses }, questionId)
    progress.set(questionId, shown)
    return shown
  }

  function wake(): void {
    while (isOpen && running.size < settings.questionsAtOnce) {
      const next = turns.order(jobs.waiting().filter(isConnected)).find(({ questionId }) => !running.has(questionId))
      if (!next) return
      if (!jobs.claim(next.questionId, lease())) continue
      turns.served(next)
      const stop = new AbortController()
      // Begun once it is noted: one that breaks at once must not be noted after its end.
      const work = Promise.resolve().then(() => run(next.questionId, stop.signal))
      running.set(next.questionId, { stop, work })
    }
  }

  async function run(questionId: string, stopped: AbortSignal): Promise<void> {
    try {
      jobs.set(questionId, { runs: (jobs.get(questionId)?.runs ?? 0) + 1 })
      const signal = AbortSignal.any([closing.signal, stopped])
      const ending = await workOn({ office, progress: progressOf(questionId), signal }, questionId)
      // What a person stopped has its end even while the program is closing.
      if (closing.signal.aborted && !stopped.aborted) handBack(questionId)
      else conclude(questionId, ending)
    } catch (err) {
      const job = jobs.get(questionId)
      if (stopped.aborted && job) endStopped(job)
      else breakOff(questionId, err)
    } finally {
      running.delete(questionId)
      setImmediate(wake)
    }
  }

  function conclude(questionId: string, ending: Ending | Postponed): void {
    if (ending.next === 'later') postpone(questionId, ending)
    else if (jobs.setWhere(questionId, 'running', ended(ending))) send(questionId, ending)
  }

  function breakOff(questionId: string, err: unknown): void {
    if (!closing.signal.aborted) log.error({ err, questionId }, 'work on a question broke off')
    handBack(questionId)
  }

  function handBack(questionId: string): void {
    memory.questions.reopen(questionId)
    jobs.setWhere(questionId, 'running', { state: 'waiting', holder: null, leaseUntil: null })
  }

  /** Puts a question back that could not even be begun, and leaves its workspace alone for a while. */
  function postpone(questionId: string, { afterMs }: Postponed): void {
    const job = jobs.get(questionId)
    if (!job) return
    pauses.pause(workspaceKey(placeOf(job)), afterMs)
    jobs.set(questionId, { runs: job.runs - 1 })
    handBack(questionId)
    setTimeout(wake, afterMs).unref()
  }

  /** Sent beside the work, so that a slow platform holds up nobody. */
  function send(questionId: string, ending: Ending): void {
    const work = async () => {
      await progress.get(questionId)?.stop()
      progress.delete(questionId)
      toldAt.delete(questionId)
      await sendEnding({ office, pauses, signal: closing.signal }, questionId, ending)
    }
    const sent = work()
      .catch((err) => {
        if (!closing.signal.aborted) log.error({ err, questionId }, 'sending an answer broke off')
      })
      .finally(() => sending.delete(questionId))
    sending.set(questionId, sent)
  }

  function announce(): void {
    const now = office.now().getTime()
    const waiting = turns.order(jobs.waiting().filter(isConnected))
    for (const [at, { questionId, acceptedAt }] of waiting.entries()) {
      const isDue = now - Date.parse(acceptedAt) >= PATIENCE_MS && now - (toldAt.get(questionId) ?? 0) >= TELL_AGAIN_MS
      if (!isDue) continue
      toldAt.set(questionId, now)
      progressOf(questionId).show(waitingMessage(questionId, at + running.size))
    }
  }

  function endStopped(job: Job): boolean {
    const said = { code: 'cancelled', message: 'Stopped.', advice: 'Ask again whenever you like.' }
    const ending = interruptedBy(said)
    if (!jobs.setWhere(job.questionId, job.state, ended(ending))) return false
    memory.questions.fail(job.questionId, said)
    send(job.questionId, ending)
    return true
  }

  return {
    wake,
    resume(platform) {
      const mine = (job: Job) => placeOf(job).platform === platform && !sending.has(job.questionId)
      for (const job of jobs.list('ended').filter(mine)) void takeUp(job)
      const stale = new Date(office.now().getTime() - STALE_MS).toISOString()
      for (const job of jobs.list('waiting').filter(mine)) {
        if (job.acceptedAt > stale || job.runs === 0) continue
        const ending = interrupted(office, job.questionId)
        if (jobs.setWhere(job.questionId, 'waiting', ended(ending))) send(job.questionId, ending)
      }
      wake()
    },
    stop(questionId) {
      const job = jobs.get(questionId)
      if (job?.state === 'waiting' || job?.state === 'choosing') return endStopped(job)
      const run = job?.state === 'running' ? running.get(questionId) : undefined
      run?.stop.abort(new Error('stopped by a person'))
      return run !== undefined
    },
    async close({ graceMs }) {
      isOpen = false
      clearInterval(announcing)
      // What ends is sent then: so there may be more to wait for afterwards.
      const rest = async () => {
        while (running.size + sending.size > 0)
          await Promise.all([...[...running.values()].map(({ work }) => work), ...sending.values()])
      }
      await Promise.race([rest(), delay(graceMs, undefined, { ref: false })])
      const left = running.size + sending.size
      if (left > 0) log.info({ left }, 'questions from chats are handed back: they go on after the next start')
      closing.abort(new Error('shutting down'))
      await rest()
      await Promise.all([...progress.values()].map((one) => one.stop()))
      clearInterval(renewal)
    },
  }

  /** An end that was decided before a restart. The answer itself is not kept with the job. */
  async function takeUp(job: Job): Promise<void> {
    const kept: Ending | null = job.ending === null ? null : JSON.parse(job.ending)
    const again = { office, progress: UNSEEN, signal: closing.signal }
    const ending = kept ?? (await workOn(again, job.questionId))
    if (ending.next !== 'later') send(job.questionId, ending)
  }
}

const UNSEEN = { show() {}, async settle() {} }

function interruptedBy({ message, advice }: { message: string; advice: string }): Ending {
  return { message: { kind: 'notice', tone: 'neutral', text: message, advice, buttons: [] }, next: 'done' }
}

/** An answer is not written down a second time: it is read from the history, which keeps only so many rows. */
function ended(ending: Ending) {
  const kept = ending.message.kind === 'reply' ? null : JSON.stringify(ending)
  return { state: 'ended' as const, holder: null, leaseUntil: null, ending: kept }
}
