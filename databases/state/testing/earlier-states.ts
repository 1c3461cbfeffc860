const STATE = `
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
    INSERT INTO feedback VALUES ('q1', 'ann', 'up', 'yes', '2026-01-04T00:00:00.000Z');`

const EVALUATION = `${STATE}
    INSERT INTO evaluation_own_cases VALUES ('own', 'db-1', 'how many?', NULL, '["SELECT 1"]', 'q1', 'ann',
      '2026-01-03T00:00:00.000Z', '2026-01-05T00:00:00.000Z');
    INSERT INTO evaluation_cases VALUES ('hash', 'dev-1', 'shop', 'how many?', 'SELECT 1', 'easy', NULL);
    INSERT INTO evaluation_runs (id, group_id, kind, dataset, label, setup, status, planned, started_at)
      VALUES ('r1', 'g1', 'nightly', 'dev', 'everything', '{"model":"m"}', 'finished', 1, '2026-01-06T00:00:00.000Z');
    INSERT INTO evaluation_results (run_id, ordinal, case_hash, verdict, sql, ms) VALUES ('r1', 0, 'hash', 'right', 'SELECT 1', 3);
    INSERT INTO evaluation_nights (night, run_id, status, started_at) VALUES ('2026-01-06', 'r1', 'done', '2026-01-06T00:00:00.000Z');
    INSERT INTO evaluation_posts VALUES ('2026-01-06', 'one', 'sent', NULL, '2026-01-06T01:00:00.000Z');`

const CHATS = `${EVALUATION}
    INSERT INTO workspaces VALUES ('slack:T1', 'Acme', '2026-01-01T00:00:00.000Z');
    INSERT INTO people VALUES ('slack:U1', 'slack:T1', 'Ben', '2026-01-01T00:00:00.000Z');
    INSERT INTO jobs (question_id, key, person_id, channel, thread, origin, only_me, state, runs, accepted_at)
      VALUES ('q1', 'slack:Ev1', 'slack:U1', 'slack:T1:C1', '', '{}', 0, 'done', 1, '2026-01-03T00:00:00.000Z');
    INSERT INTO glossary VALUES ('g1', 'db-1', 'revenue', 'net of returns', 'slack:U1', '2026-01-03T00:00:00.000Z');`

/**
 * What a state of each version held, as SQL that fits the schema after that migration. A new migration needs an entry here: the tests open
 * every one of these with today's program. Entries are never changed again.
 */
export const EARLIER_STATES: Record<string, string> = {
  '0000_state': STATE,
  '0001_evaluation': EVALUATION,
  '0002_chats': CHATS,
  '0003_nights': `${CHATS}
    UPDATE evaluation_nights SET status = 'failed', failure = 'the model is gone';`,
  '0004_trust': `${CHATS}
    INSERT INTO chat_people VALUES ('slack:U1', 'Europe/Zurich', NULL, 0);
    INSERT INTO trusted_people VALUES ('slack:T1', 'slack:U1');`,
}
