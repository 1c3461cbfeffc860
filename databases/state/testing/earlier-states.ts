/**
 * What a state of each version held, as SQL that fits the schema after that migration. A new migration needs an entry here: the tests open
 * every one of these with today's program. Entries are never changed again.
 */
export const EARLIER_STATES: Record<string, string> = {
  '0000_state': `
    INSERT INTO workspaces VALUES ('local', 'Here', '2026-01-01T00:00:00.000Z');
    INSERT INTO people VALUES ('ann', 'local', 'Ann', '2026-01-01T00:00:00.000Z');
    INSERT INTO databases VALUES ('db-1', 'local', 'Shop', 'The sample', 'upload', '/data/shop.sqlite', 'abc', 'ann',
      '[{"table":"customers","column":"email"}]', '2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.000Z');
    INSERT INTO questions (id, workspace_id, asker_id, database_id, text, follows, status, answer, trace, failure, row_count, accepted_at, finished_at)
      VALUES ('q1', 'local', 'ann', 'db-1', 'how many?', NULL, 'answered',
        '{"kind":"answered","result":{"kind":"rows","columns":["n"],"rows":[[{"$kept":"integer","text":"9007199254740993"}]],"truncated":false}}',
        '{"promptVersion":"v1","model":"m","tables":["t"],"stageMs":{"prompt":3}}', NULL, 1,
        '2026-01-03T00:00:00.000Z', '2026-01-03T00:00:01.000Z');
    INSERT INTO attempts VALUES ('q1', 0, 'SELECT count(*) FROM t', 'first', -0.5, 'rows', NULL, 1, 0, '["a note"]', 2.5);
    INSERT INTO feedback VALUES ('q1', 'ann', 'up', 'yes', '2026-01-04T00:00:00.000Z');`,
}
