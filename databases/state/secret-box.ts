import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Keeps secrets that must be read again: AES-256-GCM under keys that the operator holds. */
export type SecretBox = {
  /** `label` is what it belongs to: it opens for the same label only. */
  seal(secret: string, label: string): string
  /** Null where no key fits or it was tampered with; `isStale` where another key than the first one fits. */
  open(sealed: string, label: string): { secret: string; isStale: boolean } | null
}

/** A box of several keys: the first one seals, all of them open, so that a key can be changed. */
export function createSecretBox(passphrases: string[]): SecretBox {
  const keys = passphrases.map((text) => createHash('sha256').update(text).digest())
  return {
    seal(secret, label) {
      const [key] = keys
      if (!key) throw new Error('there is no key to keep secrets under')
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(label))
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
    },
    open(sealed, label) {
      for (const [at, key] of keys.entries()) {
        const secret = decrypt(Buffer.from(sealed, 'base64'), key, label)
        if (secret !== null) return { secret, isStale: at > 0 }
      }
      return null
    },
  }
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

function decrypt(sealed: Buffer, key: Buffer, label: string): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
    decipher.setAAD(Buffer.from(label))
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return null
  }
}
