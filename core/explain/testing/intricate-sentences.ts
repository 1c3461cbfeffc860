/** SQL with turns that are easily explained wrongly, and what its explanation must say. */
export const intricateSentences: [string, string][] = [
  [
    `SELECT CAST(price AS INTEGER) FROM products WHERE NOT (price > 10 AND stock = 0)`,
    `Lists price as a whole number from products where it is not true that (price is more than 10 and stock is 0).`,
  ],
  [`SELECT name FROM customers WHERE 5 < birth_year`, `Lists name from customers where birth year is more than 5.`],
  [
    `SELECT name FROM customers WHERE id = (SELECT customer_id FROM orders ORDER BY total DESC LIMIT 1)`,
    `Lists name from customers where id equals customer id from orders, sorted by total, highest first, only the first one (of several that tie, just one).`,
  ],
  [`SELECT country FROM customers GROUP BY country`, `Lists each country in customers once.`],
  [
    `SELECT name FROM products WHERE price * 100.0 / stock > 3`,
    `Lists name from products where (price × 100) ÷ stock is more than 3.`,
  ],
  [
    `SELECT a.name FROM customers a JOIN orders b ON a.id = b.id`,
    `Lists name of customers from customers joined with orders (where id of customers equals id of orders).`,
  ],
  [
    `SELECT name FROM customers WHERE city = 'O''Brien' || '!'`,
    `Lists name from customers where city equals 'O'Brien' followed by '!'.`,
  ],
  [
    `SELECT count(*) FROM orders o JOIN customers c USING (id)`,
    `Counts the rows in orders joined with customers (where id is the same).`,
  ],
  [
    `SELECT count(*) FROM orders NATURAL JOIN customers`,
    `Counts the rows in orders joined with customers (where all columns of the same name are equal).`,
  ],
  [
    `SELECT c.name, o.total FROM customers c CROSS JOIN orders o WHERE o.customer_id = c.id AND c.city = 'Rome'`,
    `Lists name of customers and total of orders from customers joined with orders by customer id where city is 'Rome'.`,
  ],
  [
    `SELECT count(*) FROM customers c JOIN orders o JOIN order_items i ON o.customer_id = c.id AND i.order_id = o.id`,
    `Counts the rows in customers joined with orders by customer id and with order items by order id.`,
  ],
  [
    `SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders GROUP BY customer_id HAVING COUNT(*) > 3)`,
    `Lists name from customers where id is among: each customer id in orders, keeping only those where the number of rows is more than 3.`,
  ],
  [
    `SELECT name FROM customers WHERE (SELECT COUNT(*) FROM orders WHERE customer_id = customers.id) > 3`,
    `Lists name from customers where the number of rows in orders where customer id equals id of customers is more than 3.`,
  ],
  [
    `SELECT name, (SELECT COUNT(*) FROM orders WHERE customer_id = customers.id) AS n FROM customers`,
    `Lists name and the number of rows in orders where customer id equals id of customers from customers.`,
  ],
  [
    `SELECT name FROM customers WHERE city NOT IN (SELECT city FROM customers WHERE country = 'Italy')`,
    `Lists name from customers where city is not among: city from customers where country is 'Italy' (nothing is found as soon as one of these has no value).`,
  ],
  [
    `SELECT name FROM customers WHERE city GLOB 'P*' OR name LIKE 'a_b%' OR city LIKE '100\\%' ESCAPE '\\'`,
    `Lists name from customers where (city matches the pattern 'P*', name matches the pattern 'a_b%' or city matches the pattern '100\\%').`,
  ],
  [
    `SELECT name FROM customers WHERE city IS NOT 'Paris'`,
    `Lists name from customers where city is not 'Paris' (having no value counts as a value).`,
  ],
  [
    `SELECT name FROM customers WHERE city IS NULL OR city = ''`,
    `Lists name from customers where (city has no value or city is the empty text).`,
  ],
  [
    `SELECT name FROM customers WHERE name < 'M'`,
    `Lists name from customers where name comes in the alphabet before 'M'.`,
  ],
  [`SELECT name FROM customers WHERE 1`, `Lists name from customers.`],
  [`SELECT name FROM customers WHERE 1 = 1`, `Lists name from customers.`],
  [
    `SELECT upper(name), substr(name, 1, 3), length(name), round(2.5), trim(name) FROM customers`,
    `Lists name in upper case, the first 3 characters of name, the length of name, 2.5 rounded to a whole number and name without blanks around it from customers.`,
  ],
  [
    `SELECT min(order_date), max(order_date) FROM orders`,
    `Works out the earliest order date and the latest order date in orders.`,
  ],
  [`SELECT min(name) FROM customers`, `Works out the alphabetically first name in customers.`],
  [
    `SELECT lag(total) OVER (PARTITION BY customer_id ORDER BY order_date) FROM orders`,
    `Lists total of the row before within each customer id, in the order of order date, earliest first from orders.`,
  ],
  [
    `SELECT avg(total) OVER (ORDER BY order_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM orders`,
    `Lists the average of total, over a stretch of rows around each, in the order of order date, earliest first from orders.`,
  ],
  [
    `SELECT * FROM (SELECT name, row_number() OVER (PARTITION BY category ORDER BY price DESC) AS r FROM products) WHERE r <= 3`,
    `Lists every column from the intermediate result (name and the position within each category, in the order of price, highest first (called r) from products) where r is at most 3.`,
  ],
  [
    `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 10) SELECT x FROM n`,
    `First works out 'n' (columns: x), repeating the second part until nothing new comes: the rows of (1) together with those of (x + 1 from n where x is less than 10). Then lists x from n.`,
  ],
  [`VALUES (1, 'a'), (2, 'b')`, `Lists fixed values: 1, 'a', 2 and 'b'.`],
  [
    `SELECT status, count(*) * 100.0 / (SELECT count(*) FROM orders) FROM orders GROUP BY status`,
    `For each status, gives the number of rows as a percentage of the number of rows in orders in orders.`,
  ],
  [
    `SELECT sum(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) * 100.0 / count(*) FROM orders WHERE total > 5`,
    `Works out the percentage of rows where status is 'paid' in orders where total is more than 5.`,
  ],
  [
    `SELECT 100 * cast(count(CASE WHEN status = 'paid' THEN id END) AS REAL) / count(*) FROM orders`,
    `Works out the percentage of rows where status is 'paid' in orders.`,
  ],
  [
    `SELECT cast(sum(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) * 100.0 / count(*) AS INTEGER) FROM orders`,
    `Works out the percentage of rows where status is 'paid' as a whole number in orders.`,
  ],
  [
    `SELECT sum(CASE WHEN status = 'paid' THEN 1.0 ELSE 0 END) / count(*) FROM orders`,
    `Works out the share of rows where status is 'paid' in orders.`,
  ],
  [
    `SELECT strftime('%m', order_date), sum(total) FROM orders WHERE order_date >= date('now', 'start of year') GROUP BY 1`,
    `For each month of the year of order date, gives the total of total in orders where order date is on or after the start of this year.`,
  ],
  [
    `SELECT count(*) FROM orders WHERE date(paid_at) = '2026-11-20'`,
    `Counts the rows in orders where the date of paid at is 'yesterday' (Fri 20 Nov 2026).`,
  ],
  [
    `SELECT count(*) FROM orders WHERE paid_at >= '2026-11-20 09:00:00'`,
    `Counts the rows in orders where paid at is on or after 20 Nov 2026, 09:00.`,
  ],
  [
    `SELECT count(*) FROM orders WHERE order_date > '2026-11-08' AND order_date <= '2026-11-15'`,
    `Counts the rows in orders where order date is in 'last week' (Mon 9 to Sun 15 Nov 2026).`,
  ],
  [
    `SELECT count(*) FROM orders WHERE strftime('%Y-%m', order_date) = '2026-11'`,
    `Counts the rows in orders where the month of order date is '2026-11'.`,
  ],
  [
    `SELECT name FROM employees WHERE salary BETWEEN 1000 AND 2000`,
    `Lists name from employees where salary is between 1,000 and 2,000.`,
  ],
  [
    `SELECT name FROM employees WHERE salary NOT BETWEEN 1000 AND 2000`,
    `Lists name from employees where salary is not between 1,000 and 2,000.`,
  ],
  [
    `SELECT e.name FROM employees e WHERE e.salary > (SELECT m.salary FROM employees m WHERE m.id = e.manager_id)`,
    `Lists name from employees where salary is more than salary from employees where id equals manager id of the row in question.`,
  ],
  [
    `SELECT name FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL`,
    `Lists name of customers from customers and, where there are any, their orders by customer id (customers without any are kept) where orders has no row for it.`,
  ],
  [
    `SELECT total(total), group_concat(DISTINCT status) FROM orders`,
    `Works out the total of total and the list of the different values of status in orders.`,
  ],
  [
    `SELECT c.country, p.category, COUNT(DISTINCT o.id) AS n FROM customers c JOIN orders o ON o.customer_id=c.id JOIN order_items i ON i.order_id=o.id JOIN products p ON p.id=i.product_id WHERE o.status <> 'cancelled' GROUP BY c.country, p.category HAVING n >= 10 ORDER BY n DESC, 1 LIMIT 20`,
    `For each country and category, gives the number of different orders in customers joined with orders by customer id and with order items by order id and with products by product id where status of orders is not 'cancelled' (rows without a value there are left out too), keeping only those where the number of different orders is at least 10, sorted by the number of different orders, highest first, then country, A to Z, only the first 20 (a tie for the last place may be cut).`,
  ],
  [
    `SELECT sum(iif(status = 'paid', total, 0)) FROM orders`,
    `Works out the total of (total if status is 'paid', otherwise 0) in orders.`,
  ],
  [
    `SELECT sum(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) FROM orders`,
    `Works out the total of (1 if status is 'paid', otherwise 0) in orders.`,
  ],
  [
    `SELECT name FROM products WHERE id NOT IN (1, NULL)`,
    `Lists name from products where id is none of 1 or no value (which is never so, since one of them is no value).`,
  ],
  [
    `SELECT DISTINCT country FROM customers ORDER BY country`,
    `Lists the different values of country from customers, sorted by country, A to Z.`,
  ],
  [
    `SELECT count(*) FROM (SELECT DISTINCT customer_id FROM orders WHERE total > 50)`,
    `Counts the rows in the intermediate result (the different values of customer id from orders where total is more than 50).`,
  ],
  [`SELECT rowid, name FROM customers`, `Lists rowid and name from customers.`],
  [
    `SELECT count(*) FROM orders WHERE customer_id IS DISTINCT FROM 3`,
    `Counts the rows in orders where customer id differs from 3 (having no value counts).`,
  ],
  [
    `SELECT name FROM customers ORDER BY random() LIMIT 3`,
    `Lists name from customers, sorted by chance, only the first 3 (a tie for the last place may be cut).`,
  ],
  [
    `SELECT name FROM products WHERE (name, price) IN (SELECT name, price FROM products)`,
    `Lists name from products where (name and price) is among: name and price from products.`,
  ],
  [
    `SELECT name FROM products p WHERE price = (SELECT max(price) FROM products WHERE category = p.category)`,
    `Lists name from products where price equals the highest price in products where category equals category of the row in question.`,
  ],
  [
    `SELECT max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY customer_id) t`,
    `Works out the highest n in the intermediate result t (the number of rows (called n) for each customer id in orders).`,
  ],
  [
    `SELECT country FROM customers GROUP BY country ORDER BY count(*) DESC LIMIT 1`,
    `Lists each country in customers once, sorted by the number of rows, highest first, only the first one (of several that tie, just one).`,
  ],
  [
    `SELECT name FROM customers UNION ALL SELECT name FROM employees ORDER BY name LIMIT 3`,
    `Lists the rows of (name from customers) together with those of (name from employees), sorted by name, A to Z, only the first 3 (a tie for the last place may be cut).`,
  ],
  [
    `SELECT T2.name, T1.total FROM orders AS T1 JOIN customers AS T2 ON T1.customer_id = T2.id WHERE T2.city = 'Paris' OR T2.city = 'Rome' AND T1.total > 5`,
    `Lists name of customers and total of orders from orders joined with customers by customer id where (city is 'Paris' or (city is 'Rome' and total of orders is more than 5)).`,
  ],
  [
    `SELECT substr(name, 1, 1) AS name, COUNT(*) FROM customers GROUP BY name`,
    `For each name, gives the first character of name and the number of rows (without showing name) in customers.`,
  ],
  [
    `WITH m AS (SELECT strftime('%Y-%m', order_date) AS month, total FROM orders) SELECT month, SUM(total) AS total FROM m GROUP BY month ORDER BY total DESC`,
    `First works out 'm': the month of order date (called month) and total from orders. Then for each month, gives the total of total in m, sorted by the total of total, in descending order.`,
  ],
  [
    `WITH m AS (SELECT strftime('%Y-%m', order_date) AS month, total FROM orders) SELECT upper(month) AS month FROM m WHERE month = '2026-11'`,
    `First works out 'm': the month of order date (called month) and total from orders. Then lists month in upper case from m where month is '2026-11'.`,
  ],
  [
    `SELECT DISTINCT COUNT(*) FROM orders GROUP BY customer_id`,
    `For each customer id, gives the number of rows, each different row once (without showing customer id) in orders.`,
  ],
  [
    `SELECT name, rank() OVER (ORDER BY 1) FROM products`,
    `Lists name and the rank (ties share one), in the order of 1, lowest first from products.`,
  ],
  [
    `WITH a AS (SELECT * FROM orders) SELECT status, count(*) FROM a GROUP BY status`,
    `First works out 'a': every column from orders. Then for each status, gives the number of rows in a.`,
  ],
  [
    `WITH orders AS (SELECT id FROM customers) SELECT count(*) FROM orders`,
    `First works out 'orders': id from customers. Then counts the rows in orders.`,
  ],
  [
    `SELECT SUM(n) AS n FROM (SELECT COUNT(*) AS n FROM orders GROUP BY status) WHERE n > 5`,
    `Works out the total of n in the intermediate result (the number of rows (called n) for each status in orders) where n is more than 5.`,
  ],
  [
    `WITH t AS (SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id HAVING COUNT(*) > 1) SELECT c.name, t.n FROM customers c JOIN t ON t.customer_id = c.id WHERE t.n = (SELECT MAX(n) FROM t)`,
    `First works out 't': the number of rows (called n) for each customer id in orders, keeping only those where the number of rows is more than 1. Then lists name of customers and n from customers joined with t (where customer id of t equals id of customers) where n equals the highest n in t.`,
  ],
  [
    `SELECT name FROM employees WHERE id NOT IN (SELECT manager_id FROM employees)`,
    `Lists name from employees where employees has no row for it (by manager id) (nothing is found if manager id is missing in any row).`,
  ],
  [`SELECT name FROM customers WHERE phone = "abc"`, `Lists name from customers where phone equals 'abc'.`],
  [
    `SELECT c.name FROM customers c RIGHT JOIN orders o ON o.customer_id = c.id AND o.total > 7`,
    `Lists name of customers from customers joined with orders by customer id and only where total of orders is more than 7 (orders without a match are kept).`,
  ],
  [
    `SELECT count(c.id) FROM customers c FULL JOIN orders o ON o.customer_id = c.id`,
    `Counts the rows with customers in customers joined with orders by customer id (what has no match on either side is kept).`,
  ],
  [`SELECT substr(name, 3, 2) FROM customers`, `Lists 2 characters of name from number 3 on from customers.`],
  [
    `SELECT name FROM products WHERE price > 1234.5678`,
    `Lists name from products where price is more than 1,234.5678.`,
  ],
  [
    `SELECT substr(order_date, 1, 7), COUNT(*) FROM orders GROUP BY 1`,
    `For each month of order date, gives the number of rows in orders.`,
  ],
  [
    `SELECT substr(order_date, 1, 4), COUNT(*) FROM orders GROUP BY substr(order_date, 1, 4)`,
    `For each year of order date, gives the number of rows in orders.`,
  ],
  [
    `SELECT COUNT(*) FROM orders WHERE order_date = '2026-11-20'`,
    `Counts the rows in orders where order date is 'yesterday' (Fri 20 Nov 2026).`,
  ],
  [
    `SELECT COUNT(*) FROM orders WHERE paid_at = '2026-11-20'`,
    `Counts the rows in orders where paid at is exactly midnight at the beginning of 20 Nov 2026.`,
  ],
]
