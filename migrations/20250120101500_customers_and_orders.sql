-- Description: Who buys, and what they bought
-- Created: 2025-01-20 10:15:00 UTC

-- Up Migration
CREATE TYPE address_kind AS ENUM ('billing', 'shipping');
CREATE TYPE order_state AS ENUM ('basket', 'placed', 'paid', 'shipped', 'cancelled');
CREATE TYPE payment_method AS ENUM ('card', 'transfer', 'cash');

CREATE TABLE countries (
  code character(2) COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  vat_rate numeric(5,4) DEFAULT 0 NOT NULL,
  CONSTRAINT countries_code_check CHECK (code ~ '^[A-Z]{2}$'),
  CONSTRAINT countries_vat_rate_check CHECK (vat_rate >= 0 AND vat_rate < 1)
);

CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email citext NOT NULL,
  name text,
  phone text,
  newsletter boolean DEFAULT false NOT NULL,
  referred_by bigint REFERENCES customers (id) ON DELETE SET NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT customers_email_key UNIQUE (email),
  CONSTRAINT customers_email_check CHECK (email LIKE '%_@_%')
);
COMMENT ON TABLE customers IS 'People who have signed up or bought something';
CREATE INDEX customers_name_search ON customers (lower(name) text_pattern_ops);
CREATE TRIGGER customers_touch BEFORE UPDATE OF email, name, phone ON customers FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE addresses (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  kind address_kind NOT NULL,
  line1 text NOT NULL,
  line2 text,
  postcode text NOT NULL,
  city text NOT NULL,
  country_code character(2) NOT NULL REFERENCES countries (code) ON UPDATE CASCADE,
  is_default boolean DEFAULT false NOT NULL
);
CREATE UNIQUE INDEX addresses_one_default ON addresses (customer_id, kind) WHERE is_default;

CREATE SEQUENCE order_numbers START WITH 10000 INCREMENT BY 1 MINVALUE 10000;
COMMENT ON SEQUENCE order_numbers IS 'What customers quote on the telephone';

CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number text DEFAULT ('O-' || nextval('order_numbers'::regclass)) NOT NULL,
  customer_id bigint NOT NULL REFERENCES customers (id),
  ship_to bigint REFERENCES addresses (id) ON DELETE SET NULL,
  state order_state DEFAULT 'basket' NOT NULL,
  placed_at timestamp with time zone,
  shipped_at timestamp with time zone,
  total numeric(10,2) DEFAULT 0 NOT NULL,
  note text,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT orders_number_key UNIQUE (number),
  CONSTRAINT orders_placed_check CHECK (state = 'basket' OR placed_at IS NOT NULL),
  CONSTRAINT orders_shipped_check CHECK (shipped_at IS NULL OR shipped_at >= placed_at) NO INHERIT
);
COMMENT ON COLUMN orders.total IS 'Kept by a trigger; the lines are the truth';
CREATE INDEX orders_customer_id_idx ON orders (customer_id, placed_at DESC);
CREATE INDEX orders_placed_at_idx ON orders USING brin (placed_at) WITH (pages_per_range = 32);

CREATE TABLE order_lines (
  order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  line_no smallint NOT NULL,
  product_id bigint NOT NULL REFERENCES products (id),
  quantity integer DEFAULT 1 NOT NULL CHECK (quantity > 0),
  unit_price money_amount,
  total numeric GENERATED ALWAYS AS (quantity * unit_price::numeric) STORED,
  PRIMARY KEY (order_id, line_no) INCLUDE (product_id)
);

CREATE FUNCTION refresh_order_total() RETURNS trigger LANGUAGE plpgsql
AS $$declare
  changed bigint := coalesce(new.order_id, old.order_id);
begin
  update orders
     set total = (select coalesce(sum(l.total), 0) from order_lines l where l.order_id = changed)
   where id = changed;
  return null;
end$$;
CREATE TRIGGER order_lines_total AFTER INSERT OR UPDATE OR DELETE ON order_lines
  FOR EACH ROW EXECUTE FUNCTION refresh_order_total();
COMMENT ON TRIGGER order_lines_total ON order_lines IS 'Keeps orders.total';

CREATE TABLE payments (
  id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders (id) ON DELETE RESTRICT,
  method payment_method NOT NULL,
  amount money_amount,
  provider text,
  reference text,
  captured_at timestamp with time zone,
  CONSTRAINT payments_provider_reference_key UNIQUE NULLS NOT DISTINCT (order_id, provider, reference)
);
CREATE INDEX payments_reference_idx ON payments USING hash (reference) WITH (fillfactor = 70);

CREATE VIEW open_orders AS
  SELECT o.id, o.number, o.state, c.name AS customer, c.email, o.placed_at, o.total
    FROM orders o JOIN customers c ON c.id = o.customer_id
   WHERE o.state IN ('placed', 'paid');
COMMENT ON VIEW open_orders IS 'What the warehouse still has to pack';

-- Down Migration
DROP VIEW open_orders;
DROP TABLE payments;
DROP TABLE order_lines;
DROP FUNCTION refresh_order_total();
DROP TABLE orders;
DROP SEQUENCE order_numbers;
DROP TABLE addresses;
DROP TABLE customers;
DROP TABLE countries;
DROP TYPE payment_method;
DROP TYPE order_state;
DROP TYPE address_kind;
