-- Description: Names as on the invoice, larger totals, weights in fractions of a gram
-- Created: 2025-06-02 07:00:00 UTC

-- Up Migration
ALTER TABLE customers RENAME COLUMN name TO full_name;
ALTER INDEX customers_name_search RENAME TO customers_full_name_search;
UPDATE customers SET full_name = split_part(email::text, '@', 1) WHERE full_name IS NULL;
ALTER TABLE customers ALTER COLUMN full_name SET NOT NULL;
COMMENT ON COLUMN customers.full_name IS 'As written on the invoice';

DROP VIEW open_orders;
ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2);
CREATE VIEW open_orders AS
  SELECT o.id, o.number, o.state, c.full_name AS customer, c.email, o.placed_at, o.total
    FROM orders o JOIN customers c ON c.id = o.customer_id
   WHERE o.state IN ('placed', 'paid');
COMMENT ON VIEW open_orders IS 'What the warehouse still has to pack';

-- The check is made anew, or it would keep a cast from the old type.
ALTER TABLE products DROP CONSTRAINT products_weight_grams_check;
ALTER TABLE products ALTER COLUMN weight_grams TYPE numeric(9,1) USING weight_grams::numeric(9,1);
ALTER TABLE products ADD CONSTRAINT products_weight_grams_check CHECK (weight_grams > 0);
ALTER TABLE stock RENAME CONSTRAINT stock_reserved_check TO stock_reserved_within_on_hand;
ALTER TABLE addresses RENAME COLUMN postcode TO postal_code;
ALTER TABLE addresses ALTER COLUMN postal_code DROP NOT NULL;
COMMENT ON COLUMN addresses.postal_code IS 'Empty where a country has none';

-- Down Migration
COMMENT ON COLUMN addresses.postal_code IS NULL;
UPDATE addresses SET postal_code = '' WHERE postal_code IS NULL;
ALTER TABLE addresses RENAME COLUMN postal_code TO postcode;
ALTER TABLE addresses ALTER COLUMN postcode SET NOT NULL;
ALTER TABLE stock RENAME CONSTRAINT stock_reserved_within_on_hand TO stock_reserved_check;
ALTER TABLE products DROP CONSTRAINT products_weight_grams_check;
ALTER TABLE products ALTER COLUMN weight_grams TYPE integer USING round(weight_grams)::integer;
ALTER TABLE products ADD CONSTRAINT products_weight_grams_check CHECK (weight_grams > 0);

DROP VIEW open_orders;
ALTER TABLE orders ALTER COLUMN total TYPE numeric(10,2);
COMMENT ON COLUMN customers.full_name IS NULL;
ALTER TABLE customers ALTER COLUMN full_name DROP NOT NULL;
ALTER INDEX customers_full_name_search RENAME TO customers_name_search;
ALTER TABLE customers RENAME COLUMN full_name TO name;
CREATE VIEW open_orders AS
  SELECT o.id, o.number, o.state, c.name AS customer, c.email, o.placed_at, o.total
    FROM orders o JOIN customers c ON c.id = o.customer_id
   WHERE o.state IN ('placed', 'paid');
COMMENT ON VIEW open_orders IS 'What the warehouse still has to pack';
