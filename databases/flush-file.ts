import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Waits until a file is on the disk: renamed before that, a power cut could leave its new name with nothing behind it. */
export function flushFile(path: string): void {
  const descriptor = openSync(path, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
