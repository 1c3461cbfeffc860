import { DatabaseError } from '../database-error.ts'
import { type ChildProcess, type MemoryGuard, startChildProcess } from './child-process.ts'
import type { JobReply } from './protocol.ts'
import { cannotStart, closed, crashed, outOfTime } from './sandbox-failures.ts'

export type PoolOptions = {
  processes: number
  memoryBytes: number
  memoryGuard: MemoryGuard
  /** Text of the program that the processes run. */
  program: Promise<string>
  /** Names of jobs that leave one process, where there are several, to the others. */
  slow?: ReadonlySet<string>
}

type Task = {
  name: string
  args: unknown
  deadlineMs: number
  resolve(value: unknown): void
  reject(error: unknown): void
}

type Worker = { child: ChildProcess; ready: boolean; task: Task | null; timer: NodeJS.Timeout | undefined }

/** How long a process may take to start, on a machine that is busy with other things. */
const startDeadlineMs = 30_000

/** A fixed number of sandbox processes and the tasks that wait for one. */
export class Pool {
  readonly #options: PoolOptions
  readonly #workers = new Set<Worker>()
  readonly #queue: Task[] = []
  #program: string | undefined
  #broken: DatabaseError | undefined
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = options
    options.program.then(
      (program) => {
        this.#program = program
        this.#fill()
        this.#dispatch()
      },
      (error: unknown) => {
        this.#broken = cannotStart(String(error))
        this.#failWaiting(this.#broken)
      },
    )
  }

  /** Runs a job in the next idle process. The deadline counts from the moment it gets there. */
  submit(name: string, args: unknown, deadlineMs: number, signal?: AbortSignal): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (this.#closed) return Promise.reject(closed())
    if (this.#broken !== undefined) return Promise.reject(this.#broken)
    return new Promise((resolve, reject) => {
      const onAbort = () => this.#cancel(task, signal?.reason)
      const settled = () => signal?.removeEventListener('abort', onAbort)
      const task: Task = {
        name,
        args,
        deadlineMs,
        resolve: (value) => {
          settled()
          resolve(value)
        },
        reject: (error) => {
          settled()
          reject(error)
        },
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#queue.push(task)
      this.#dispatch()
    })
  }

  pids(): number[] {
    return [...this.#workers].flatMap(({ child }) => child.pid ?? [])
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#failWaiting(closed())
    await this.#options.program.catch(() => undefined)
    const workers = [...this.#workers]
    for (const worker of workers) this.#dismiss(worker, closed())
    await Promise.all(workers.map(({ child }) => child.ended))
  }

  #dispatch(): void {
    if (this.#queue.length === 0 || this.#program === undefined) return
    for (const worker of this.#workers) {
      if (!worker.ready || worker.task !== null) continue
      const task = this.#next()
      if (task === undefined) break
      this.#assign(worker, task)
    }
    if (this.#queue.length > 0) this.#fill()
  }

  #next(): Task | undefined {
    const busy = [...this.#workers].filter(({ task }) => task !== null && this.#isSlow(task)).length
    const slowMayRun = busy < Math.max(1, this.#options.processes - 1)
    const at = this.#queue.findIndex((task) => slowMayRun || !this.#isSlow(task))
    return at < 0 ? undefined : this.#queue.splice(at, 1)[0]
  }

  #isSlow({ name }: Task): boolean {
    return this.#options.slow?.has(name) ?? false
  }

  #assign(worker: Worker, task: Task): void {
    worker.task = task
    worker.timer = setTimeout(() => this.#dismiss(worker, outOfTime(task.deadlineMs)), task.deadlineMs)
    worker.child.send({ name: task.name, args: task.args })
  }

  #fill(): void {
    try {
      while (!this.#closed && this.#workers.size < this.#options.processes) this.#start()
    } catch (error) {
      this.#giveUp((error as Error).message)
    }
  }

  #start(): void {
    const child = startChildProcess({
      program: this.#program ?? '',
      memoryBytes: this.#options.memoryBytes,
      memoryGuard: this.#options.memoryGuard,
      onReply: (reply) => this.#receive(worker, reply),
      onEnd: (reason) => this.#bury(worker, reason),
    })
    const timer = setTimeout(child.kill, startDeadlineMs)
    const worker: Worker = { child, ready: false, task: null, timer }
    this.#workers.add(worker)
  }

  #receive(worker: Worker, reply: JobReply): void {
    clearTimeout(worker.timer)
    if (reply.kind === 'ready') worker.ready = true
    const task = worker.task
    worker.task = null
    if (reply.kind === 'done') task?.resolve(reply.result)
    if (reply.kind === 'failed') {
      if (reply.spent) this.#dismiss(worker)
      task?.reject(new DatabaseError(reply))
    }
    this.#dispatch()
  }

  #cancel(task: Task, reason: unknown): void {
    const waiting = this.#queue.indexOf(task)
    if (waiting >= 0) {
      this.#queue.splice(waiting, 1)
      task.reject(reason)
    }
    for (const worker of this.#workers) if (worker.task === task) this.#dismiss(worker, reason)
  }

  /** Ends a process on purpose and starts its successor at once. */
  #dismiss(worker: Worker, reason?: unknown): void {
    clearTimeout(worker.timer)
    this.#workers.delete(worker)
    worker.child.kill()
    const task = worker.task
    worker.task = null
    task?.reject(reason)
    this.#fill()
  }

  /** A process has ended, on our orders or not. One that never got ready would only fail again. */
  #bury(worker: Worker, reason: string): void {
    if (!this.#workers.delete(worker)) return
    clearTimeout(worker.timer)
    worker.task?.reject(crashed(reason))
    if (worker.ready) this.#fill()
    else this.#giveUp(reason)
  }

  /** A process cannot be started: where no other will soon be free, those who wait are told. The next job tries again. */
  #giveUp(reason: string): void {
    const others = [...this.#workers].filter(({ task }) => task === null || !this.#isSlow(task))
    if (others.length === 0) this.#failWaiting(cannotStart(reason))
  }

  #failWaiting(error: DatabaseError): void {
    for (const task of this.#queue.splice(0)) task.reject(error)
  }
}
