import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { HttpProblem } from './http-problem.ts'
import { loginPage } from './login-page.ts'
import { limitBody } from './read-body.ts'

/** Who may come in. Without a password everybody may: then only this machine can reach us. */
export type Door = {
  guard: MiddlewareHandler
  /** A new session's token where the password is right, else null; throws where there were too many wrong ones of late. */
  enter(password: string, from: string): string | null
  leave(token: string): void
}

const cookie = 'rowbot_session'
const sessionMs = 7 * 24 * 60 * 60_000
const maxSessions = 1000
const windowMs = 60_000
const maxWrong = { perAddress: 5, overall: 50 }

export function createDoor({ password, now = Date.now }: { password: string | null; now?: () => number }): Door {
  const sessions = new Map<string, number>()
  const wrong: { at: number; from: string }[] = []
  const secret = password === null ? null : digest(password)

  function isRight(attempt: string, from: string): boolean {
    while (wrong[0] && wrong[0].at < now() - windowMs) wrong.shift()
    if (wrong.length >= maxWrong.overall || wrong.filter((one) => one.from === from).length >= maxWrong.perAddress) {
      throw tooManyTries()
    }
    const right = secret !== null && timingSafeEqual(digest(attempt), secret)
    if (!right) wrong.push({ at: now(), from })
    return right
  }

  function isIn(c: Context): boolean {
    const until = sessions.get(hashOf(getCookie(c, cookie) ?? ''))
    if (until !== undefined && until > now()) return true
    const bearer = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    return bearer !== undefined && isRight(bearer, addressOf(c))
  }

  return {
    guard: async (c, next) => {
      if (secret === null || isIn(c)) return next()
      if (c.req.path.startsWith('/api/')) throw notIn()
      return c.redirect('/login', 303)
    },
    enter(attempt, from) {
      if (!isRight(attempt, from)) return null
      for (const [token, until] of sessions) if (until <= now() || sessions.size >= maxSessions) sessions.delete(token)
      const token = randomBytes(32).toString('base64url')
      sessions.set(hashOf(token), now() + sessionMs)
      return token
    },
    leave: (token) => void sessions.delete(hashOf(token)),
  }
}

/** The login form and what it posts to. */
export function doorRoutes({
  door,
  styles,
  publicUrl,
}: {
  door: Door
  styles: string
  publicUrl: string | null
}): Hono {
  const app = new Hono()
  app.get('/login', (c) => c.html(loginPage({ styles, problem: null })))
  app.post('/login', limitBody, async (c) => {
    const { password } = await c.req.parseBody()
    const token = door.enter(typeof password === 'string' ? password : '', addressOf(c))
    if (token === null) return c.html(loginPage({ styles, problem: 'That is not the password. Try again.' }), 401)
    const isSecure =
      publicUrl !== null && c.req.header('host') === new URL(publicUrl).host && publicUrl.startsWith('https:')
    setCookie(c, cookie, token, {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: sessionMs / 1000,
      secure: isSecure,
    })
    return c.redirect('/', 303)
  })
  app.post('/logout', (c) => {
    door.leave(getCookie(c, cookie) ?? '')
    setCookie(c, cookie, '', { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 0 })
    return c.redirect('/login', 303)
  })
  return app
}

// Digests are of one length, which timingSafeEqual needs, and tell nothing of the password's.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function hashOf(token: string): string {
  return digest(token).toString('hex')
}

function addressOf(c: Context): string {
  // Requests that come through app.request() have no connection.
  return c.env?.incoming ? (getConnInfo(c).remote.address ?? 'unknown') : 'unknown'
}

function notIn(): HttpProblem {
  return new HttpProblem(401, {
    code: 'password-needed',
    message: 'You are not signed in.',
    advice: 'Sign in at /login; programs send the password as a bearer token.',
  })
}

function tooManyTries(): HttpProblem {
  return new HttpProblem(
    429,
    { code: 'too-many-tries', message: 'Too many wrong passwords.', advice: 'Wait a minute, then try again.' },
    { retryAfterSeconds: windowMs / 1000 },
  )
}
