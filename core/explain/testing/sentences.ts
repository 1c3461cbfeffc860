/** SQL of everyday questions on the shop, and what its explanation must say. */
export const sentences: [string, string][] = [
  [`SELECT COUNT(*) FROM orders`, `Counts the rows in orders.`],
  [`SELECT COUNT(*) FROM orders WHERE status = 'paid'`, `Counts the rows in orders where status is 'paid'.`],
  [
    `SELECT COUNT(*) FROM orders WHERE order_date >= '2026-11-09' AND order_date < '2026-11-16'`,
    `Counts the rows in orders where order date is in 'last week' (Mon 9 to Sun 15 Nov 2026).`,
  ],
  [
    `SELECT COUNT(*) FROM orders WHERE order_date BETWEEN '2026-11-09' AND '2026-11-15'`,
    `Counts the rows in orders where order date is in 'last week' (Mon 9 to Sun 15 Nov 2026).`,
  ],
  [
    `SELECT COUNT(*) FROM orders WHERE paid_at BETWEEN '2026-11-09' AND '2026-11-15'`,
    `Counts the rows in orders where paid at is from 9 Nov 2026 to the beginning of 15 Nov 2026 (the rest of that day is left out).`,
  ],
  [
    `SELECT COUNT(*) FROM orders WHERE paid_at >= '2026-11-09' AND paid_at < '2026-11-16'`,
    `Counts the rows in orders where paid at is in 'last week' (Mon 9 to Sun 15 Nov 2026).`,
  ],
  [
    `SELECT COUNT(*) FROM orders WHERE order_date >= '2026-05-01'`,
    `Counts the rows in orders where order date is on or after 1 May 2026.`,
  ],
  [
    `SELECT COUNT(*) FROM orders WHERE paid_at <= '2026-05-01'`,
    `Counts the rows in orders where paid at is not after the beginning of 1 May 2026 (the rest of that day is left out).`,
  ],
  [
    `SELECT COUNT(*) FROM customers WHERE created_at >= 1794178800 AND created_at < 1794783600`,
    `Counts the rows in customers where created at is in 'last week' (Mon 9 to Sun 15 Nov 2026).`,
  ],
  [`SELECT COUNT(DISTINCT city) FROM customers`, `Counts the different values of city in customers.`],
  [`SELECT COUNT(phone) FROM customers`, `Counts the rows with a value in phone in customers.`],
  [
    `SELECT SUM(total), AVG(total) FROM orders WHERE status != 'cancelled'`,
    `Works out the total of total and the average of total in orders where status is not 'cancelled' (rows without a value there are left out too).`,
  ],
  [`SELECT MAX(price) FROM products`, `Works out the highest price in products.`],
  [
    `SELECT name, city FROM customers WHERE country = 'France' ORDER BY name LIMIT 10`,
    `Lists name and city from customers where country is 'France', sorted by name, A to Z, only the first 10 (a tie for the last place may be cut).`,
  ],
  [`SELECT * FROM customers`, `Lists every column from customers.`],
  [`SELECT DISTINCT city FROM customers`, `Lists the different values of city from customers.`],
  [
    `SELECT DISTINCT city, country FROM customers`,
    `Lists the different combinations of city and country from customers.`,
  ],
  [
    `SELECT country, COUNT(*) AS n FROM customers GROUP BY country ORDER BY n DESC LIMIT 1`,
    `For each country, gives the number of rows in customers, sorted by the number of rows, highest first, only the first one (of several that tie, just one).`,
  ],
  [
    `SELECT country, COUNT(*) FROM customers GROUP BY country HAVING COUNT(*) > 5`,
    `For each country, gives the number of rows in customers, keeping only those where the number of rows is more than 5.`,
  ],
  [
    `SELECT strftime('%Y-%m', order_date) AS month, SUM(total) FROM orders GROUP BY month ORDER BY month`,
    `For each month of order date, gives the total of total in orders, sorted by the month of order date, earliest first.`,
  ],
  [
    `SELECT strftime('%Y', order_date), (strftime('%m', order_date) + 2) / 3, SUM(total) FROM orders GROUP BY 1, 2`,
    `For each year of order date and quarter of the year of order date, gives the total of total in orders.`,
  ],
  [
    `SELECT strftime('%Y-%m', order_date), SUM(total) FROM orders GROUP BY 1`,
    `For each month of order date, gives the total of total in orders.`,
  ],
  [
    `SELECT c.name, SUM(o.total) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id ORDER BY SUM(o.total) DESC LIMIT 5`,
    `For each id of customers, gives name of customers and the total of total of orders (without showing id of customers) in customers joined with orders by customer id, sorted by the total of total of orders, highest first, only the first 5 (a tie for the last place may be cut).`,
  ],
  [
    `SELECT c.name, COUNT(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'paid' GROUP BY c.name`,
    `For each name of customers, gives the number of rows with orders in customers and, where there are any, their orders by customer id and only where status of orders is 'paid' (customers without any are kept).`,
  ],
  [
    `SELECT T1.name FROM customers AS T1, orders AS T2 WHERE T1.id = T2.customer_id AND T2.total > 100`,
    `Lists name of customers from customers joined with orders by customer id where total of orders is more than 100.`,
  ],
  [`SELECT name FROM customers, orders`, `Lists name of customers from customers combined with every row of orders.`],
  [`SELECT name FROM employees WHERE grade <> 'B'`, `Lists name from employees where grade is not 'B'.`],
  [
    `SELECT id FROM orders WHERE id NOT IN (SELECT order_id FROM "Returned Goods" WHERE order_id IS NOT NULL)`,
    `Lists id from orders where returned goods has no row for it (by order id).`,
  ],
  [
    `SELECT name FROM employees WHERE id NOT IN (SELECT manager_id FROM employees e WHERE e.manager_id IS NOT NULL AND salary > 5)`,
    `Lists name from employees where employees has no row for it (by manager id) where salary is more than 5.`,
  ],
  [
    `SELECT name FROM customers WHERE city NOT IN (SELECT city FROM customers WHERE country = 'Italy' AND city IS NOT NULL)`,
    `Lists name from customers where city is not among: city from customers where country is 'Italy' and city has a value.`,
  ],
  [
    `SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)`,
    `Lists name from customers where orders has no row for it (by customer id).`,
  ],
  [
    `SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE status = 'paid')`,
    `Lists name from customers where orders has at least one row for it (by customer id) where status is 'paid'.`,
  ],
  [
    `SELECT name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)`,
    `Lists name from customers where orders has no row for it (by customer id).`,
  ],
  [
    `SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.total > 100)`,
    `Lists name from customers where orders has at least one row for it (by customer id) where total is more than 100.`,
  ],
  [
    `SELECT name FROM products WHERE price > (SELECT AVG(price) FROM products)`,
    `Lists name from products where price is more than the average of price in products.`,
  ],
  [
    `SELECT name FROM products ORDER BY price DESC LIMIT 1`,
    `Lists name from products, sorted by price, highest first, only the first one (of several that tie, just one).`,
  ],
  [
    `SELECT name FROM products WHERE price = (SELECT MAX(price) FROM products)`,
    `Lists name from products where price equals the highest price in products.`,
  ],
  [
    `SELECT name, MAX(price) FROM products`,
    `Works out name (of the row with the highest price) and the highest price in products.`,
  ],
  [
    `SELECT category, name, MAX(price) FROM products GROUP BY category`,
    `For each category, gives name (of the row with the highest price) and the highest price in products.`,
  ],
  [
    `SELECT category, name FROM products GROUP BY category`,
    `For each category, gives name (of any one of the rows) in products.`,
  ],
  [
    `SELECT e.name, m.name FROM employees e JOIN employees m ON e.manager_id = m.id`,
    `Lists name of employees (e) and name of employees (m) from employees (e) joined with employees (m) (where manager id of employees (e) equals id of employees (m)).`,
  ],
  [
    `SELECT name FROM customers WHERE city = 'Paris' UNION SELECT name FROM employees`,
    `Lists the rows of (name from customers where city is 'Paris') together with those of (name from employees), each different row once.`,
  ],
  [
    `SELECT country FROM customers INTERSECT SELECT city FROM customers`,
    `Lists the rows that are both in (country from customers) and in (city from customers), each different row once.`,
  ],
  [
    `SELECT country FROM customers EXCEPT SELECT city FROM customers WHERE phone IS NULL`,
    `Lists the rows of (country from customers) that are not in (city from customers where phone has no value), each different row once.`,
  ],
  [
    `WITH big AS (SELECT customer_id, SUM(total) AS spent FROM orders GROUP BY customer_id) SELECT c.name, big.spent FROM big JOIN customers c ON c.id = big.customer_id WHERE big.spent > 1000 ORDER BY spent DESC`,
    `First works out 'big': the total of total (called spent) for each customer id in orders. Then lists name of customers and spent from big joined with customers (where id of customers equals customer id of big) where spent is more than 1,000, sorted by spent, in descending order.`,
  ],
  [
    `SELECT name, RANK() OVER (PARTITION BY category ORDER BY price DESC) FROM products`,
    `Lists name and the rank (ties share one) within each category, in the order of price, highest first from products.`,
  ],
  [
    `SELECT order_date, SUM(total) OVER (ORDER BY order_date) FROM orders`,
    `Lists order date and the total of total so far, in the order of order date, earliest first from orders.`,
  ],
  [
    `SELECT name FROM customers WHERE name LIKE '%ann%' AND (city = 'Paris' OR city = 'Lyon') AND phone IS NOT NULL`,
    `Lists name from customers where name contains 'ann', (city is 'Paris' or city is 'Lyon') and phone has a value.`,
  ],
  [
    `SELECT name FROM customers WHERE country IN ('France', 'Spain', 'Italy')`,
    `Lists name from customers where country is one of 'France', 'Spain' or 'Italy'.`,
  ],
  [
    `SELECT name FROM customers WHERE city NOT IN ('Paris', 'Rome')`,
    `Lists name from customers where city is none of 'Paris' or 'Rome' (rows without a value there are left out too).`,
  ],
  [
    `SELECT name FROM customers WHERE city NOT LIKE 'P%'`,
    `Lists name from customers where city does not start with 'P' (rows without a value there are left out too).`,
  ],
  [`SELECT quantity * price FROM order_items`, `Lists quantity × price from order items.`],
  [
    `SELECT SUM(quantity * price) * 1.0 / COUNT(DISTINCT order_id) FROM order_items`,
    `Works out (the total of (quantity × price)) ÷ the number of different values of order id in order items.`,
  ],
  [`SELECT stock / 2 FROM products`, `Lists stock ÷ 2 (cut to a whole number) from products.`],
  [
    `SELECT CASE WHEN price > 100 THEN 'dear' ELSE 'cheap' END, COUNT(*) FROM products GROUP BY 1`,
    `For each ('dear' if price is more than 100, otherwise 'cheap'), gives the number of rows in products.`,
  ],
  [
    `SELECT AVG(n) FROM (SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id)`,
    `Works out the average of n in the intermediate result (the number of rows (called n) for each customer id in orders).`,
  ],
  [
    `SELECT COUNT(*) FROM orders WHERE order_date >= date('now', '-30 days')`,
    `Counts the rows in orders where order date is on or after 30 days before today.`,
  ],
  [
    `SELECT COUNT(*) FROM orders WHERE strftime('%Y', order_date) = '2025'`,
    `Counts the rows in orders where the year of order date is '2025'.`,
  ],
  [
    `SELECT julianday(paid_at) - julianday(order_date) FROM orders`,
    `Lists the days from order date to paid at from orders.`,
  ],
  [
    `SELECT "Reason Text", COUNT(*) FROM "Returned Goods" GROUP BY "Reason Text"`,
    `For each reason text, gives the number of rows in returned goods.`,
  ],
  [`SELECT 1 + 1`, `Works out 1 + 1.`],
  [`SELECT COALESCE(city, 'unknown') FROM customers`, `Lists city ('unknown' where it has no value) from customers.`],
  [
    `SELECT name FROM products ORDER BY stock LIMIT 5 OFFSET 10`,
    `Lists name from products, sorted by stock, lowest first, after leaving out the first 10, only the first 5 (a tie for the last place may be cut).`,
  ],
  [
    `SELECT COUNT(*) FROM customers WHERE birth_year > 1990 AND birth_year <= 2000`,
    `Counts the rows in customers where birth year is more than 1990 and birth year is at most 2000.`,
  ],
  [
    `SELECT p.category, SUM(oi.quantity) FROM order_items oi JOIN products p ON p.id = oi.product_id JOIN orders o ON o.id = oi.order_id WHERE o.order_date >= '2026-11-01' AND o.order_date < '2026-12-01' GROUP BY p.category`,
    `For each category, gives the total of quantity in order items joined with products by product id and with orders by order id where order date is in 'this month' (Sun 1 to Mon 30 Nov 2026).`,
  ],
  [
    `SELECT COUNT(*) FILTER (WHERE status = 'paid') FROM orders`,
    `Counts the rows (only where status is 'paid') in orders.`,
  ],
  [`SELECT group_concat(name, ', ') FROM products`, `Works out the list of name in products.`],
]
