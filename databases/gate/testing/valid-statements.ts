/** Statements that SQLite runs on the small shop, one for each thing that its SELECT can do. */
export const validStatements = String.raw`
SELECT 1
select 1;
SELECT 1 ; -- done
SELECT 1 /* ; DROP TABLE customers */ AS one;;
SELECT * FROM customers
SELECT c.*, o.total FROM customers c JOIN orders AS o ON o.customer_id = c.id
SELECT ALL name FROM customers
SELECT DISTINCT country FROM customers ORDER BY country COLLATE NOCASE DESC NULLS LAST LIMIT 5 OFFSET 1
SELECT name FROM customers LIMIT 1, 2
SELECT CUSTOMERS.NAME FROM Customers
SELECT "name", [country], ${'`born`'} FROM "customers"
SELECT "full name" FROM customers WHERE "full name" LIKE 'A%'
SELECT o."order" FROM orders o ORDER BY "order"
SELECT größe, "group" FROM Größen GROUP BY größe
SELECT rowid, oid, _rowid_, c.rowid FROM customers c ORDER BY rowid
SELECT count(*), count(DISTINCT country), sum(id), avg(id), min(name), max(name), total(id) FROM customers
SELECT country, count(*) AS n FROM customers GROUP BY country HAVING n > 0 ORDER BY n DESC
SELECT country AS land FROM customers WHERE land = 'France' GROUP BY land
SELECT country, count(*) FROM customers GROUP BY 1 ORDER BY 2 DESC, 1
SELECT name AS "the name" FROM customers ORDER BY "the name"
SELECT name 'label' FROM customers
SELECT upper(name) || ' of ' || country FROM customers
SELECT strftime('%Y', placed), date(placed, '-1 month'), julianday('now') - julianday(placed) FROM orders
SELECT CASE WHEN total > 10 THEN 'big' ELSE 'small' END AS size, count(*) FROM orders GROUP BY size
SELECT CASE country WHEN 'France' THEN 1 END FROM customers
SELECT CAST(total AS INTEGER), CAST(total AS VARCHAR(10)), CAST(total AS DECIMAL(8, 2)) FROM orders
SELECT * FROM customers WHERE id IN (1, 2) AND name NOT IN ('x') AND id BETWEEN 1 AND 3 AND born IS NOT NULL
SELECT * FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE total > 5)
SELECT * FROM customers WHERE id IN vip
SELECT * FROM customers WHERE NOT name LIKE 'A%' AND NOT name LIKE 'A%' ESCAPE '\'
SELECT * FROM customers WHERE name GLOB 'A*' AND name NOT GLOB 'B*' AND name IS NOT 'Bob' AND name ISNULL OR name NOTNULL
SELECT * FROM customers WHERE name IS DISTINCT FROM 'Bob' AND name IS NOT DISTINCT FROM 'Ann'
SELECT * FROM customers c WHERE EXISTS (SELECT 1 FROM orders WHERE customer_id = c.id)
SELECT * FROM customers WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = customers.id)
SELECT name, (SELECT max(total) FROM orders WHERE customer_id = c.id) AS best FROM customers c ORDER BY best
SELECT (SELECT x FROM (SELECT c.id AS x)) FROM customers c
SELECT n FROM (SELECT count(*) AS n FROM orders) AS t
SELECT "count(*)" FROM (SELECT count(*) FROM orders)
SELECT t.name FROM (SELECT * FROM customers) t JOIN (SELECT customer_id FROM orders) u ON u.customer_id = t.id
SELECT name FROM (customers)
SELECT name, total FROM (customers c JOIN orders o ON o.customer_id = c.id)
SELECT * FROM customers c LEFT OUTER JOIN orders o ON c.id = o.customer_id AND o.total > 10
SELECT * FROM customers c RIGHT JOIN orders o ON c.id = o.customer_id
SELECT * FROM customers c FULL OUTER JOIN orders o ON c.id = o.customer_id
SELECT * FROM customers CROSS JOIN orders
SELECT * FROM customers, orders, items WHERE customers.id = customer_id AND orders.id = order_id
SELECT id, placed FROM customers JOIN orders USING (id)
SELECT id, name FROM customers NATURAL JOIN orders
SELECT * FROM customers a JOIN (orders b JOIN items d ON b.id = d.order_id) ON a.id = b.customer_id
SELECT * FROM customers NOT INDEXED WHERE id = 1
SELECT name FROM customers UNION SELECT product FROM items ORDER BY name
SELECT name FROM customers UNION ALL SELECT product FROM items ORDER BY 1 LIMIT 2
SELECT id FROM customers INTERSECT SELECT customer_id FROM orders EXCEPT SELECT 7
SELECT name FROM customers EXCEPT SELECT T1.name FROM customers AS T1 JOIN orders AS T2 ON T1.id = T2.customer_id
WITH t AS (SELECT id FROM customers) SELECT * FROM t
WITH t(a, b) AS (SELECT id, name FROM customers), u AS (SELECT a FROM t) SELECT b FROM t JOIN u USING (a)
WITH t(a) AS MATERIALIZED (SELECT 1), u AS NOT MATERIALIZED (SELECT 2 AS a) SELECT a FROM t UNION SELECT a FROM u
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5) SELECT x FROM n
WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n LIMIT 5) SELECT max(x) FROM n
WITH orders AS (SELECT 1 AS one) SELECT one FROM orders
WITH a AS (SELECT x FROM b), b AS (SELECT 1 AS x) SELECT x FROM a
WITH t AS (VALUES (1, 'a'), (2, 'b')) SELECT column1, column2 FROM t
SELECT * FROM (WITH t AS (SELECT 1 AS x) SELECT x FROM t)
VALUES (1, 'a'), (2, 'b')
SELECT * FROM (VALUES (1, 2)) AS v WHERE v.column1 = 1
SELECT * FROM json_each('[1,2]')
SELECT j.value, i.product FROM items i, json_each(i.tags) AS j WHERE j.type = 'text'
SELECT key, atom, fullkey FROM json_tree('{"a":1}')
SELECT tags -> '$[0]', tags ->> 0, json_extract(tags, '$[0]') FROM items
SELECT id, row_number() OVER (ORDER BY total DESC) AS r, sum(total) OVER (PARTITION BY customer_id) FROM orders
SELECT rank() OVER w, lag(total, 1) OVER w FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY placed)
SELECT sum(total) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM orders
SELECT sum(total) FILTER (WHERE customer_id = 1), group_concat(placed, '; ') FROM orders
SELECT group_concat(DISTINCT country), string_agg(name, ',' ORDER BY name) FROM customers
SELECT * FROM (SELECT *, rank() OVER (ORDER BY total) AS r FROM orders) WHERE r <= 2
SELECT (id, name) = (1, 'Ann') FROM customers WHERE (id, name) IN (VALUES (1, 'Ann'))
SELECT -id, +id, ~id, id % 2, id << 1, id & 1, id | 1, 1.5e3, .5, 0x1F, x'ff', NULL, TRUE, CURRENT_DATE FROM customers
SELECT iif(id > 1, 'a', 'b'), ifnull(name, ''), coalesce(name, country), nullif(id, 1), instr(name, 'n') FROM customers
SELECT max(id, 2), min(id, 1), replace(name, 'A', 'B'), like('A%', name), glob('A*', name), substr(name, 1, 1) FROM customers
SELECT printf('%05.2f', total), round(total, 1), abs(-total), typeof(total), random() FROM orders
SELECT o.total FROM big AS o WHERE name = 'Ann'
SELECT title FROM notes WHERE notes MATCH 'x'
SELECT title, rank FROM notes WHERE notes MATCH 'x' ORDER BY rank
SELECT 'it''s', 'a;b', '--', '/*', "name" FROM customers
SELECT name FROM customers GROUP BY country HAVING max(born) > '1985' OR country = 'Italy'
SELECT a.name FROM customers a WHERE a.id > (SELECT avg(b.id) FROM customers b WHERE b.country = a.country)
SELECT country FROM customers GROUP BY country ORDER BY count(*) DESC, max(id) LIMIT (SELECT 1)
SELECT customers.name FROM customers WHERE id = 1 AND (SELECT count(*) FROM orders WHERE orders.customer_id = customers.id) > 1
`
  .trim()
  .split('\n')
