const aggregates = words(`
  avg count group_concat json_group_array json_group_object max median min percentile percentile_cont percentile_disc
  string_agg sum total`)

const windowOnly = words(`
  cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number`)

const scalars = words(`
  abs acos acosh asin asinh atan atan2 atanh bm25 ceil ceiling char coalesce concat concat_ws cos cosh date datetime
  degrees exp floor format glob hex highlight if ifnull iif instr json json_array json_array_length json_error_position
  json_extract json_insert json_object json_patch json_pretty json_quote json_remove json_replace json_set json_type
  json_valid julianday length like likelihood likely ln log log10 log2 lower ltrim max min mod nullif octet_length pi pow
  power printf quote radians random replace round rtrim sign sin sinh snippet soundex sqrt strftime substr substring tan
  tanh time timediff trim trunc typeof unhex unicode unixepoch unlikely upper`)

const tableFunctions = words('json_each json_tree')

/** Functions that SQLite has, in this build or another, and that nobody needs to read data; some reach files. */
const forbidden = new RegExp(
  `^(${[
    'changes|edit|eval|fts3_tokenizer|fts5.*|fts3tokenize|geopoly_.*|jsonb.*|last_insert_rowid|load_extension',
    'matchinfo|offsets|optimize|pragma_.*|dbstat|randomblob|readfile|writefile|rtree.*|sqlite_.*|subtype',
    'total_changes|unistr.*|zeroblob|lsmode|fileio_.*|fsdir|zipfile.*|sqlar_.*|sha1.*|sha3.*|getenv|system|shell',
    'generate_series|carray|completion|csv|bytecode|tables_used|stmt|wholenumber|sqlite_dbpage|sqlite_memstat',
    'xp_cmdshell|pg_.*|dblink.*|lo_import|lo_export|load_file|sleep|benchmark|uuid.*|regexp.*|decimal.*|ieee754.*',
  ].join('|')})$`,
)

/**
 * What the gate makes of a function's name: allowed; forbidden, since it has no use in a question or reaches outside; or
 * unknown, a function that SQLite does not have (another database's, most often).
 */
export function verdictOnFunction(name: string): 'allowed' | 'forbidden' | 'unknown' {
  const lower = name.toLowerCase()
  if ([aggregates, windowOnly, scalars, tableFunctions].some((known) => known.has(lower))) return 'allowed'
  return forbidden.test(lower) ? 'forbidden' : 'unknown'
}

/** Whether a function takes together the rows of a group. max and min of several arguments do not. */
export function isAggregate(name: string, args: number): boolean {
  return aggregates.has(name) && (args <= 1 || (name !== 'max' && name !== 'min'))
}

/** Columns that a table-valued function gives, or null where it is not known. */
export function columnsOfTableFunction(name: string): string[] | null {
  return tableFunctions.has(name.toLowerCase()) ? jsonEachColumns : null
}

const jsonEachColumns = ['key', 'value', 'type', 'atom', 'id', 'parent', 'fullkey', 'path', 'json', 'root']

function words(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/))
}
