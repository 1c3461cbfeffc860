import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Evaluations } from '#core/evaluation/evaluations.ts'
import { advised } from '#core/rowbot-error.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Reviews } from '../conversation/reviews.ts'
import type { Administration } from '../desk/administration.ts'
import type { ChatPreview } from '../reply/preview.ts'
import { administrationRoutes } from './administration-routes.ts'
import type { AskerDefaults } from './asker-of.ts'
import { assetRoutes } from './asset-routes.ts'
import { bundlePage } from './bundle-page.ts'
import { databaseRoutes } from './database-routes.ts'
import { createDoor, doorRoutes } from './door.ts'
import { guardRequests, hardenResponses } from './guard-requests.ts'
import { HttpProblem, notFound } from './http-problem.ts'
import { createLiveQuestions } from './live-questions.ts'
import { questionRoutes } from './question-routes.ts'
import { reviewRoutes } from './review-routes.ts'
import { runRoutes } from './run-routes.ts'
import { createUploads } from './uploads.ts'

export type WebAppParts = {
  conversation: Conversation
  evaluations: Evaluations
  /** Answers that somebody found wrong. */
  reviews: Reviews
  /** Whoever may enter the console administers Rowbot: the person at this machine, or who knows the password. */
  administration: Administration
  /** How the chats would show a reply. */
  previews: ChatPreview[]
  /** What is assumed of a person whose browser does not say. */
  asker: AskerDefaults
  password: string | null
  publicUrl: string | null
  isLocalOnly: boolean
  port: number
  /** Folder for files on their way in; made where it is missing, emptied at close. */
  uploadDir: string
  uploadLimitBytes: number
  log: Pick<Logger, 'info' | 'warn' | 'error'>
}

export type WebApp = Hono & { close(options: { graceMs: number }): Promise<void> }

/** The console as an HTTP application, not yet listening. */
export function createWebApp(parts: WebAppParts): WebApp {
  const { conversation, evaluations, reviews, administration, previews, asker, password, log } = parts
  const live = createLiveQuestions({ log })
  const uploads = createUploads({ directory: parts.uploadDir, limitBytes: parts.uploadLimitBytes })
  const door = createDoor({ password })
  const page = bundlePage()
  const app = new Hono()
  app.use(hardenResponses, guardRequests(parts))
  app.route('/', assetRoutes(page))
  app.route('/', doorRoutes({ door, styles: page.styles, publicUrl: parts.publicUrl }))
  app.use(door.guard)
  app.get('/', (c) => c.html(page.html))
  app.get('/api/console', (c) => c.json({ hasPassword: password !== null, uploadLimitBytes: parts.uploadLimitBytes }))
  app.route('/api/questions', questionRoutes({ conversation, live, administration, previews, asker }))
  app.route('/api/runs', runRoutes({ evaluations, locale: asker.locale }))
  app.route('/api/reviews', reviewRoutes({ reviews, asker }))
  app.route('/api/administration', administrationRoutes({ administration, asker }))
  app.route('/api', databaseRoutes({ conversation, uploads, asker }))
  app.notFound(() => {
    throw notFound('page')
  })
  app.onError((error, c) => {
    const problem = advised(error)
    const status = error instanceof HttpProblem ? error.status : problem.code === 'unexpected' ? 500 : 422
    if (status === 500) log.error({ err: error, path: c.req.path }, 'a request failed')
    if (error instanceof HttpProblem && error.retryAfterSeconds)
      c.header('Retry-After', String(error.retryAfterSeconds))
    return c.json(problem, status)
  })
  return Object.assign(app, {
    close: async ({ graceMs }: { graceMs: number }) => {
      await live.close({ graceMs })
      await uploads.close()
    },
  })
}
