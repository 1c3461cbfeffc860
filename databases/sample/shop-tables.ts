/** The shop's tables. The comments are part of the sample: they stand in the prompt as those of a real database would. */
export const SHOP_TABLES = `
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE,
  country TEXT NOT NULL, -- English name
  city TEXT NOT NULL, -- as written there: München, Zürich
  signup_date TEXT NOT NULL, -- YYYY-MM-DD
  newsletter INTEGER NOT NULL CHECK (newsletter IN (0, 1)) -- 1: gets the newsletter
);

CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  category TEXT NOT NULL,
  price REAL NOT NULL, -- price today, in euros
  cost REAL NOT NULL, -- what the shop pays for it, in euros
  stock INTEGER NOT NULL, -- pieces in the warehouse
  added_date TEXT NOT NULL -- YYYY-MM-DD, on sale since
);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  order_date TEXT NOT NULL, -- YYYY-MM-DD
  status TEXT NOT NULL, -- pending, shipped, delivered or cancelled
  channel TEXT NOT NULL, -- web, app or phone
  total REAL NOT NULL, -- sum over the order's items, in euros
  shipped_date TEXT, -- YYYY-MM-DD, empty until shipped
  delivered_date TEXT -- YYYY-MM-DD, empty until delivered
);

CREATE TABLE order_items (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  product_id INTEGER NOT NULL REFERENCES products (id),
  quantity INTEGER NOT NULL,
  unit_price REAL NOT NULL -- price of one piece when it was ordered, in euros
);

CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  paid_at TEXT NOT NULL, -- YYYY-MM-DD HH:MM:SS
  method TEXT NOT NULL, -- card, paypal, invoice or bank transfer
  amount REAL NOT NULL, -- in euros
  status TEXT NOT NULL -- completed, failed or refunded
);

CREATE TABLE returns (
  id INTEGER PRIMARY KEY,
  order_item_id INTEGER NOT NULL UNIQUE REFERENCES order_items (id),
  return_date TEXT NOT NULL, -- YYYY-MM-DD
  quantity INTEGER NOT NULL, -- pieces sent back
  reason TEXT NOT NULL,
  refund REAL NOT NULL -- paid back, in euros
);
`

/** Made after the rows are in, which is faster. */
export const SHOP_INDEXES = `
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX orders_date ON orders (order_date);
CREATE INDEX order_items_order ON order_items (order_id);
CREATE INDEX order_items_product ON order_items (product_id);
CREATE INDEX payments_order ON payments (order_id);
`
