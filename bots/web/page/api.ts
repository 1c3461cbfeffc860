/** What the server says when something did not work: what happened and what to do next. */
export class Problem extends Error {
  readonly code: string
  readonly advice: string

  constructor({ code, message, advice }: { code: string; message: string; advice: string }) {
    super(message)
    this.code = code
    this.advice = advice
  }
}

type Options = { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: unknown; signal?: AbortSignal }

/** Calls the server. Rejects with a Problem; where the session has ended, the page goes to the login form. */
export async function call<T>(path: string, { method = 'GET', body, signal }: Options = {}): Promise<T> {
  const response = await fetch(path, {
    method,
    signal: signal ?? null,
    headers: { ...timeZoneHeader(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  }).catch((error: unknown) => {
    throw signal?.aborted ? error : unreachable()
  })
  if (response.status === 401) location.assign('/login')
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null)
  if (!response.ok) throw asProblem(answer)
  return answer as T
}

/** Sends a file as it is, saying from 0 to 1 how far it is. */
export function sendFile(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<{ id: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/uploads?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0)
    request.onload = () => (request.status === 201 ? resolve(request.response) : reject(asProblem(request.response)))
    request.onerror = () => reject(unreachable())
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

export function asProblem(answer: unknown): Problem {
  const { code, message, advice } = (answer ?? {}) as Partial<Problem>
  if (typeof code === 'string' && typeof message === 'string' && typeof advice === 'string') {
    return new Problem({ code, message, advice })
  }
  return new Problem({
    code: 'unexpected',
    message: 'The server gave an answer that this page does not understand.',
    advice: 'Reload the page.',
  })
}

function timeZoneHeader(): Record<string, string> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return timeZone ? { 'X-Time-Zone': timeZone } : {}
}

function unreachable(): Problem {
  return new Problem({
    code: 'unreachable',
    message: 'Rowbot cannot be reached.',
    advice: 'Check that it is still running, then try again.',
  })
}
