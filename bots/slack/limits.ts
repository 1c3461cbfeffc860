/** What Slack takes at most: https://docs.slack.dev/reference/block-kit/blocks and the pages of the single blocks. */
export const limits = {
  blocks: 50,
  viewBlocks: 100,
  /** All text of a message's blocks; Slack allows about 13,000. */
  messageText: 12_400,
  /** `text` beside the blocks: chat.update takes 4,000 after escaping, which may make five characters of one. */
  fallbackText: 780,
  plainText: 3_900,
  tableText: 9_800,
  tableRows: 100,
  tableColumns: 20,
  contextText: 2_000,
  header: 150,
  button: 75,
  option: 75,
  options: 100,
  altText: 1_000,
  inputText: 3_000,
} as const
