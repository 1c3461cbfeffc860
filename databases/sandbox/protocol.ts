/** What the parent sends to a sandbox process. One request is under way at a time. */
export type JobRequest = { name: string; args: unknown }

/** What a sandbox process sends back. `spent` says that it should be replaced before it gets more work. */
export type JobReply =
  | { kind: 'ready' }
  | { kind: 'done'; result: unknown }
  | { kind: 'failed'; code: string; message: string; advice: string; spent: boolean }
