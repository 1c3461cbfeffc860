/** One thing that was looked at, as by `doctor`, `install` or `smoke`: fine, or not and what to do. */
export type Finding = { ok: boolean; what: string; found: string; advice?: string }
