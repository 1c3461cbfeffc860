import type { DatabaseRecord } from '../database-record.ts'

/** A registered database with every field in use. */
export const shopRecord: DatabaseRecord = {
  id: 'db-1',
  workspaceId: 'local',
  name: 'Shop',
  description: 'The sample',
  source: 'upload',
  path: '/data/shop.sqlite',
  contentHash: 'abc',
  ownerId: 'ann',
  sensitive: [{ table: 'customers', column: 'email' }],
  addedAt: '2026-11-20T00:00:00.000Z',
  dataAsOf: '2026-11-14T00:00:00.000Z',
}
