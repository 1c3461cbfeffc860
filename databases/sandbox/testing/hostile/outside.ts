import type { HostileClass } from './hostile-class.ts'

const pragmas = [
  'user_version',
  'schema_version',
  'journal_mode',
  'application_id',
  'writable_schema',
  'temp_store_directory',
  'trusted_schema',
  'query_only',
  'wal_checkpoint',
  'incremental_vacuum',
  'page_size',
  'locking_mode',
  'mmap_size',
  'cache_spill',
]

/** Statements that reach for files, settings, extensions or what SQLite keeps for itself. */
export const outside: HostileClass[] = [
  {
    name: 'pragma that sets',
    make: (dice) =>
      dice.respaced(
        `PRAGMA ${dice.pick(['', 'main.', 'temp.'])}${dice.pick(pragmas)}${dice.pick([' = ', '('])}${dice.pick(['ON', '0', 'wal', "'delete'", String(dice.between(1, 9999))])}`,
      ),
  },
  {
    name: 'pragma that reads',
    make: (dice) =>
      dice.recased(
        `PRAGMA ${dice.pick(['table_info(people)', 'database_list', 'table_list', 'index_list(people)', 'foreign_key_list(events)', 'compile_options', 'function_list', 'module_list', 'integrity_check', 'quick_check', ...pragmas])}`,
      ),
  },
  {
    name: 'pragma functions',
    make: (dice) =>
      dice.pick([
        `SELECT * FROM pragma_${dice.pick(['table_info', 'table_xinfo', 'index_list', 'foreign_key_list'])}('${dice.pick(['people', 'events'])}') LIMIT ${dice.between(1, 9)}`,
        `SELECT * FROM "pragma_${dice.pick(['database_list', 'function_list', 'module_list', 'compile_options'])}" WHERE ${dice.between(1, 9)}`,
        `SELECT name FROM people, Pragma_Table_List WHERE id < ${dice.between(1, 99)}`,
        `SELECT (SELECT count(*) FROM pragma_${dice.pick(['user_version', 'journal_mode', 'page_count'])}) + ${dice.between(1, 99)}`,
        `WITH t AS (SELECT * FROM pragma_integrity_check(${dice.between(1, 99)})) SELECT * FROM t`,
      ]),
  },
  {
    name: 'file functions',
    make: (dice, { folder, victim }) =>
      dice.pick([
        `SELECT readfile('${victim}') || '${dice.word()}'`,
        `SELECT writefile('${folder}/${dice.word()}.txt', '${dice.word()}')`,
        `SELECT edit('${dice.word()}', 'vi')`,
        `SELECT * FROM fsdir('${folder}') LIMIT ${dice.between(1, 99)}`,
        `SELECT * FROM zipfile('${folder}/${dice.word()}.zip')`,
        `SELECT writefile('${victim}', name) FROM people WHERE id = ${dice.between(1, 99)}`,
        `SELECT "readfile"('${victim}'), ${dice.between(1, 99)}`,
        `SELECT load_file('${victim}') AS ${dice.word()}`,
        `SELECT name FROM people ORDER BY writefile('${victim}', '${dice.word()}')`,
        `SELECT lsmode(${dice.between(1, 999)})`,
      ]),
  },
  {
    name: 'load_extension',
    make: (dice, { folder }) =>
      dice.respaced(
        dice.pick([
          `SELECT load_extension( '${folder}/${dice.word()}.so' )`,
          `SELECT LOAD_EXTENSION( '/lib/${dice.word()}' , '${dice.word()}' )`,
          `SELECT "load_extension" ( '${dice.word()}' )`,
          `SELECT [load_extension] ( '${dice.word()}' ) FROM people`,
          `SELECT 1 WHERE load_extension ( '${dice.word()}' ) IS NULL`,
          `SELECT fts3_tokenizer( '${dice.word()}' , x'0102030405060708' )`,
          `SELECT 1 , load_extension ( name ) AS materialized FROM people LIMIT ${dice.between(1, 9)}`,
        ]),
      ),
  },
  {
    name: 'virtual tables',
    make: (dice, { folder, victim }) =>
      dice.pick([
        `CREATE VIRTUAL TABLE ${dice.word()} USING fts5(x)`,
        `CREATE VIRTUAL TABLE temp.${dice.word()} USING csv(filename='${victim}')`,
        `CREATE VIRTUAL TABLE ${dice.word()} USING zipfile('${folder}/${dice.word()}.zip')`,
        `CREATE VIRTUAL TABLE ${dice.word()} USING rtree(id, a, b)`,
        `SELECT * FROM generate_series(1, ${dice.between(100, 99999)})`,
        `SELECT * FROM completion('${dice.word()}')`,
        `SELECT * FROM carray(${dice.between(1, 99)}, 5)`,
        `SELECT * FROM fts5vocab LIMIT ${dice.between(1, 99)}`,
      ]),
  },
  {
    name: 'dbstat and pages',
    make: (dice) =>
      dice.pick([
        `SELECT ${dice.pick(['*', 'name, path', 'sum(pgsize)'])} FROM dbstat LIMIT ${dice.between(1, 99)}`,
        `SELECT * FROM DBSTAT('main', ${dice.between(0, 1)}) WHERE pageno < ${dice.between(2, 99)}`,
        `SELECT data FROM sqlite_dbpage WHERE pgno = ${dice.between(1, 99)}`,
        `SELECT * FROM sqlite_memstat LIMIT ${dice.between(1, 99)}`,
        `SELECT * FROM bytecode('SELECT ${dice.between(1, 99)}')`,
        `SELECT * FROM tables_used('SELECT ${dice.between(1, 99)} FROM people')`,
      ]),
  },
  {
    name: "SQLite's own tables",
    make: (dice) => {
      const table = dice.recased(
        dice.pick([
          'sqlite_master',
          'sqlite_schema',
          'sqlite_temp_master',
          'sqlite_temp_schema',
          'sqlite_sequence',
          'sqlite_stat1',
          'sqlite_stat4',
        ]),
      )
      return dice.pick([
        `SELECT * FROM ${table}`,
        `SELECT sql FROM "${table}" LIMIT ${dice.between(1, 99)}`,
        `SELECT p.name FROM people p JOIN [${table}] ON ${dice.between(0, 9)}`,
        `SELECT (SELECT group_concat(name) FROM ${table}) || '${dice.word()}'`,
        `SELECT name FROM people WHERE name IN (SELECT name FROM main.${table})`,
        `WITH ${dice.word()} AS (SELECT * FROM /* */ ${table}) SELECT 1`,
      ])
    },
  },
  {
    name: 'explain',
    make: (dice) =>
      dice.respaced(
        `EXPLAIN ${dice.pick(['', 'QUERY PLAN '])}${dice.pick([`SELECT ${dice.between(1, 999)}`, 'SELECT * FROM people', `DELETE FROM people WHERE id = ${dice.between(1, 99)}`, `PRAGMA user_version = ${dice.between(1, 99)}`])}`,
      ),
  },
  {
    name: 'internal functions',
    make: (dice) =>
      `SELECT ${dice.pick(['sqlite_version()', 'sqlite_source_id()', `sqlite_compileoption_get(${dice.between(0, 60)})`, `sqlite_log(1, '${dice.word()}')`, 'last_insert_rowid()', 'total_changes()', 'changes()', `rtreecheck('${dice.word()}')`, `eval('DELETE FROM people')`, `getenv('${dice.word()}')`, `system('${dice.word()}')`, `shell('${dice.word()}')`, `sleep(${dice.between(1, 99)})`, `pg_sleep(${dice.between(1, 99)})`, `xp_cmdshell('${dice.word()}')`])} AS ${dice.word()}`,
  },
]
