import type { MiddlewareHandler } from 'hono'
import { type HostRule, isAllowedHost } from './allowed-hosts.ts'
import { HttpProblem } from './http-problem.ts'

/** Refuses what does not come from our own page: foreign Host headers (DNS rebinding) and requests that other sites make browsers send (CSRF). */
export function guardRequests(rule: HostRule): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    if (!isAllowedHost(host, rule)) throw foreignHost(host)
    const site = c.req.header('sec-fetch-site')
    // A link from elsewhere may open the page itself, nothing else.
    const isPage = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate'
    if (site && site !== 'same-origin' && site !== 'none' && !isPage) throw foreignOrigin()
    const origin = c.req.header('origin')
    // Under our referrer policy a form of our own page sends the origin null; then only the browser's word tells it from others'.
    const isOwnForm = origin === 'null' && site === 'same-origin'
    if (origin !== undefined && !isOwnForm && !isSameHost(origin, host)) throw foreignOrigin()
    await next()
  }
}

/** Headers of every response: nothing is loaded from elsewhere, nothing inline runs, nobody frames us, no address leaks. */
export const hardenResponses: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
]

const headers = {
  'Content-Security-Policy': policy.join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
  'Cache-Control': 'no-store',
}

// Behind a proxy that speaks TLS our scheme is not the browser's, so hosts are compared and schemes are not.
function isSameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase().replace(/:80$/, '')
}

function foreignHost(host: string): HttpProblem {
  return new HttpProblem(421, {
    code: 'foreign-host',
    message: `This console does not answer to the name "${host}".`,
    advice:
      'Open the address that Rowbot printed when it started, or set ROWBOT_PUBLIC_URL to the address that people use.',
  })
}

function foreignOrigin(): HttpProblem {
  return new HttpProblem(403, {
    code: 'foreign-origin',
    message: 'This request came from another site and was refused.',
    advice: 'Use the console in its own tab.',
  })
}
