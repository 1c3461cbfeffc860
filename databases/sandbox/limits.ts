/** What the sandbox allows where the caller does not say. */
export const defaultLimits = {
  processes: 2,
  /** Address space of one process on Linux, of which Node itself reserves 0.8 GB; resident memory elsewhere. */
  memoryBytes: 1.5 * 1024 ** 3,
  deadlineMs: 10_000,
  maxRows: 10_000,
  maxBytes: 16 * 1024 ** 2,
}
