import type { ShopDates } from './shop-dates.ts'

/** An everyday question about the sample shop and the query that answers it on a given day. */
export type ShopQuestion = {
  id: string
  question: string
  /** The question that this one follows up; its expected SQL is the earlier turn. */
  follows?: string
  expectedSql: ((dates: ShopDates) => string) | 'unanswerable'
  /** Whether the order of the rows is part of the answer. */
  ordered: boolean
}

export const SHOP_QUESTIONS: readonly ShopQuestion[] = [
  asks('customers', 'How many customers do we have?', () => 'SELECT count(*) FROM customers'),
  asks(
    'orders-last-week',
    'How many orders last week?',
    ({ lastWeek, week }) => `SELECT count(*) FROM orders WHERE ${from(lastWeek, week)}`,
  ),
  asks(
    'orders-week-before',
    'And in the week before?',
    ({ weekBeforeLast, lastWeek }) => `SELECT count(*) FROM orders WHERE ${from(weekBeforeLast, lastWeek)}`,
    'orders-last-week',
  ),
  asks(
    'orders-yesterday',
    'How many orders did we get yesterday?',
    ({ yesterday }) => `SELECT count(*) FROM orders WHERE order_date = '${yesterday}'`,
  ),
  asks(
    'orders-yesterday-germany',
    'Only from customers in Germany',
    ({ yesterday }) =>
      `SELECT count(*) FROM orders JOIN customers ON customers.id = orders.customer_id
     WHERE order_date = '${yesterday}' AND country = 'Germany'`,
    'orders-yesterday',
  ),
  asks(
    'orders-30-days',
    'How many orders were placed in the last 30 days?',
    ({ lastDays, tomorrow }) => `SELECT count(*) FROM orders WHERE ${from(lastDays(30), tomorrow)}`,
  ),
  asks('pending', 'How many orders are still pending?', () => `SELECT count(*) FROM orders WHERE status = 'pending'`),
  asks(
    'customers-france',
    'How many customers live in France?',
    () => `SELECT count(*) FROM customers WHERE country = 'France'`,
  ),
  asks(
    'customers-munchen',
    'How many customers are from Munchen?',
    () => `SELECT count(*) FROM customers WHERE city = 'München'`,
  ),
  asks(
    'newsletter',
    'How many customers get the newsletter?',
    () => 'SELECT count(*) FROM customers WHERE newsletter = 1',
  ),
  asks(
    'signups-last-month',
    'How many customers signed up last month?',
    ({ lastMonth, month }) => `SELECT count(*) FROM customers WHERE ${from(lastMonth, month, 'signup_date')}`,
  ),
  asks(
    'failed-payments',
    'How many payments have failed so far this year?',
    ({ year, tomorrow }) =>
      `SELECT count(*) FROM payments WHERE status = 'failed' AND ${from(year, tomorrow, 'paid_at')}`,
  ),
  asks(
    'frequent-customers',
    'How many customers have placed more than 20 orders?',
    () => 'SELECT count(*) FROM (SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) > 20)',
  ),
  asks(
    'products-sweden',
    'How many different products have customers from Sweden bought?',
    () =>
      `SELECT count(DISTINCT product_id) FROM order_items JOIN orders ON orders.id = order_items.order_id
     JOIN customers ON customers.id = orders.customer_id WHERE country = 'Sweden'`,
  ),
  asks(
    'total-last-month',
    'What was the total value of all orders last month?',
    ({ lastMonth, month }) => `SELECT sum(total) FROM orders WHERE ${from(lastMonth, month)}`,
  ),
  asks(
    'total-month-before',
    'And the month before that?',
    ({ monthBeforeLast, lastMonth }) => `SELECT sum(total) FROM orders WHERE ${from(monthBeforeLast, lastMonth)}`,
    'total-last-month',
  ),
  asks(
    'refunds-last-year',
    'How much money was refunded for returns last year?',
    ({ lastYear, year }) => `SELECT sum(refund) FROM returns WHERE ${from(lastYear, year, 'return_date')}`,
  ),
  asks(
    'pieces-roma',
    'How many pieces of Espresso Beans Roma 1 kg have been ordered?',
    () =>
      `SELECT sum(quantity) FROM order_items JOIN products ON products.id = order_items.product_id
     WHERE name = 'Espresso Beans Roma 1 kg'`,
  ),
  asks('average-order', 'What is the average total of an order?', () => 'SELECT avg(total) FROM orders'),
  asks(
    'largest-order',
    'What was the highest order total in the last 90 days?',
    ({ lastDays, tomorrow }) => `SELECT max(total) FROM orders WHERE ${from(lastDays(90), tomorrow)}`,
  ),
  asks(
    'average-price',
    'What is the average price of the products in each category?',
    () => 'SELECT category, avg(price) FROM products GROUP BY category',
  ),
  asks(
    'orders-by-status',
    'How many orders are there for each status?',
    () => 'SELECT status, count(*) FROM orders GROUP BY status',
  ),
  asks(
    'customers-by-country',
    'How many customers are there in each country?',
    () => 'SELECT country, count(*) FROM customers GROUP BY country',
  ),
  asks(
    'customers-by-country-newsletter',
    'Only those who get the newsletter',
    () => 'SELECT country, count(*) FROM customers WHERE newsletter = 1 GROUP BY country',
    'customers-by-country',
  ),
  asks(
    'orders-per-month',
    'Number of orders per month last year',
    ({ lastYear, year }) =>
      `SELECT substr(order_date, 1, 7), count(*) FROM orders WHERE ${from(lastYear, year)} GROUP BY 1`,
  ),
  asks(
    'total-by-country',
    'What is the total value of orders per country?',
    () => 'SELECT country, sum(total) FROM orders JOIN customers ON customers.id = orders.customer_id GROUP BY country',
  ),
  asks(
    'returns-by-reason',
    'How many returns were there for each reason?',
    () => 'SELECT reason, count(*) FROM returns GROUP BY reason',
  ),
  asks(
    'never-ordered',
    'Which customers have never placed an order? Show their email.',
    () => 'SELECT email FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)',
  ),
  asks(
    'never-sold',
    'Which products were never sold?',
    () => 'SELECT name FROM products WHERE id NOT IN (SELECT product_id FROM order_items)',
  ),
  top(
    'top-products',
    'What are the names of our 5 best selling products by quantity?',
    () =>
      `SELECT name FROM products JOIN order_items ON order_items.product_id = products.id
     GROUP BY products.id ORDER BY sum(quantity) DESC LIMIT 5`,
  ),
  top(
    'top-products-garden',
    'And in the Garden category?',
    () =>
      `SELECT name FROM products JOIN order_items ON order_items.product_id = products.id
     WHERE category = 'Garden' GROUP BY products.id ORDER BY sum(quantity) DESC LIMIT 5`,
    'top-products',
  ),
  top(
    'most-expensive',
    'What is the name of the most expensive product?',
    () => 'SELECT name FROM products ORDER BY price DESC LIMIT 1',
  ),
  top(
    'best-customer',
    'Which customer has spent the most on orders? Give first and last name.',
    () =>
      `SELECT first_name, last_name FROM customers JOIN orders ON orders.customer_id = customers.id
     GROUP BY customers.id ORDER BY sum(total) DESC LIMIT 1`,
  ),
  top(
    'top-payment-method',
    'Which payment method is used most often?',
    () => 'SELECT method FROM payments GROUP BY method ORDER BY count(*) DESC LIMIT 1',
  ),
  unanswerable('weather', 'What will the weather be like in Berlin tomorrow?'),
  unanswerable('employees', 'How many employees work in the warehouse?'),
  unanswerable('suppliers', 'Which supplier delivers our coffee beans?'),
  unanswerable('age', 'What is the average age of our customers?'),
  unanswerable('phone', 'What is the phone number of our best customer?'),
  unanswerable('advertising', 'How much did we spend on advertising last month?'),
]

type Expected = (dates: ShopDates) => string

/** A question whose answer is a value or rows in any order. */
function asks(id: string, question: string, expectedSql: Expected, follows?: string): ShopQuestion {
  return { id, question, expectedSql, ordered: false, ...(follows && { follows }) }
}

/** A question for the first so many in an order. */
function top(id: string, question: string, expectedSql: Expected, follows?: string): ShopQuestion {
  return { id, question, expectedSql, ordered: true, ...(follows && { follows }) }
}

function unanswerable(id: string, question: string): ShopQuestion {
  return { id, question, expectedSql: 'unanswerable', ordered: false }
}

/** Half-open, so that it is right for dates and for times. */
function from(start: string, end: string, column = 'order_date'): string {
  return `${column} >= '${start}' AND ${column} < '${end}'`
}
