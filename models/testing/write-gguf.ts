import { writeFile } from 'node:fs/promises'

type Value = string | number

/** Writes a small but well-formed GGUF file (version 3): metadata of texts and 32-bit numbers, and F32 tensors filled with zeros. */
export async function writeGguf(
  path: string,
  { metadata, tensors = {} }: { metadata: Record<string, Value>; tensors?: Record<string, number> },
): Promise<Buffer> {
  const names = Object.entries(tensors)
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(3),
    u64(names.length),
    u64(Object.keys(metadata).length),
    ...Object.entries(metadata).flatMap(([key, value]) => [text(key), ...typed(value)]),
    ...tensorInfos(names),
  ])
  const start = Math.ceil(header.length / ALIGNMENT) * ALIGNMENT
  const file = Buffer.concat([header, Buffer.alloc(start - header.length), Buffer.alloc(dataBytes(names))])
  await writeFile(path, file)
  return file
}

const ALIGNMENT = 32
const U32 = 4
const TEXT = 8
const F32 = 0

function tensorInfos(names: [string, number][]): Buffer[] {
  let offset = 0
  return names.flatMap(([name, length]) => {
    const info = [text(name), u32(1), u64(length), u32(F32), u64(offset)]
    offset += paddedBytes(length)
    return info
  })
}

function dataBytes(names: [string, number][]): number {
  return names.reduce((sum, [, length]) => sum + paddedBytes(length), 0)
}

function paddedBytes(length: number): number {
  return Math.ceil((length * 4) / ALIGNMENT) * ALIGNMENT
}

function typed(value: Value): Buffer[] {
  return typeof value === 'string' ? [u32(TEXT), text(value)] : [u32(U32), u32(value)]
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([u64(bytes.length), bytes])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
