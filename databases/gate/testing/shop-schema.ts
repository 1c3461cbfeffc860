import Database from 'better-sqlite3'
import { introspectDatabase } from '../../schema/introspect.ts'
import type { Schema } from '../../schema/schema.ts'

/** A small database in memory and its schema, for tests that ask both the gate and SQLite. Close it. */
export function makeShop(): { connection: Database.Database; schema: Schema } {
  const connection = new Database(':memory:')
  connection.exec(`
    CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, country TEXT, "full name" TEXT, born DATE);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id REFERENCES customers, placed TEXT, total REAL, "order" INT);
    CREATE TABLE items (order_id REFERENCES orders, product TEXT, price REAL, tags TEXT, PRIMARY KEY (order_id, product))
      WITHOUT ROWID;
    CREATE TABLE "Größen" (größe TEXT, "group" INT);
    CREATE TABLE vip (id REFERENCES customers);
    CREATE VIEW big AS SELECT o.id, c.name, o.total FROM orders o JOIN customers c ON c.id = o.customer_id;
    CREATE VIRTUAL TABLE notes USING fts5(title, body);
    INSERT INTO customers VALUES (1, 'Ann', 'France', 'Ann Lee', '1990-01-01'), (2, 'Bob', 'Italy', 'Bob Ray', '1980-05-05');
    INSERT INTO orders VALUES (1, 1, '2026-01-01', 10.5, 1), (2, 1, '2026-02-01', 20, 2), (3, 2, '2026-02-02', 5, 3);
    INSERT INTO items VALUES (1, 'pen', 1.5, '["a","b"]'), (2, 'ink', 3, '[]');
  `)
  const schema = introspectDatabase(connection, { sensitive: [], budgetMs: 5000, rowsOf: 'tables and views' })
  return { connection, schema }
}
