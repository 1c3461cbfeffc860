import { GgmlType, type GgufTensorInfo } from 'node-llama-cpp'

/** Values in a block and bytes that a block takes, from llama.cpp's ggml-common.h, for the types that models are commonly stored in. */
const BLOCKS: Partial<Record<GgmlType, { values: number; bytes: number }>> = {
  [GgmlType.F32]: { values: 1, bytes: 4 },
  [GgmlType.F16]: { values: 1, bytes: 2 },
  [GgmlType.BF16]: { values: 1, bytes: 2 },
  [GgmlType.Q4_0]: { values: 32, bytes: 18 },
  [GgmlType.Q4_1]: { values: 32, bytes: 20 },
  [GgmlType.Q5_0]: { values: 32, bytes: 22 },
  [GgmlType.Q5_1]: { values: 32, bytes: 24 },
  [GgmlType.Q8_0]: { values: 32, bytes: 34 },
  [GgmlType.IQ4_NL]: { values: 32, bytes: 18 },
  [GgmlType.Q2_K]: { values: 256, bytes: 84 },
  [GgmlType.Q3_K]: { values: 256, bytes: 110 },
  [GgmlType.Q4_K]: { values: 256, bytes: 144 },
  [GgmlType.Q5_K]: { values: 256, bytes: 176 },
  [GgmlType.Q6_K]: { values: 256, bytes: 210 },
  [GgmlType.IQ4_XS]: { values: 256, bytes: 136 },
}

/** Bytes of a tensor in its file; at least one where its type is a rarer one. */
export function tensorBytes({ ggmlType, dimensions }: GgufTensorInfo): number {
  const block = BLOCKS[ggmlType]
  if (!block) return 1
  const values = dimensions.reduce<number>((product, dimension) => product * Number(dimension), 1)
  return Math.ceil(values / block.values) * block.bytes
}
