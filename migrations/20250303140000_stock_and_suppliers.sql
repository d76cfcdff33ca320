-- Description: Where things lie and where they come from
-- Created: 2025-03-03 14:00:00 UTC

-- Up Migration
CREATE EXTENSION btree_gist;
CREATE TYPE contact_details AS (phone text, email citext, website text);

CREATE TABLE suppliers (
  id serial PRIMARY KEY,
  name text NOT NULL,
  contact contact_details,
  rating smallint,
  CONSTRAINT suppliers_rating_check CHECK (rating BETWEEN 1 AND 5)
);

CREATE TABLE product_suppliers (
  product_id bigint NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  supplier_id integer NOT NULL REFERENCES suppliers (id) ON DELETE CASCADE,
  unit_cost money_amount,
  lead_time interval DEFAULT '7 days'::interval NOT NULL,
  preferred boolean DEFAULT false NOT NULL,
  PRIMARY KEY (product_id, supplier_id)
);
CREATE UNIQUE INDEX product_suppliers_preferred_idx ON product_suppliers (product_id) WHERE preferred;

CREATE TABLE warehouses (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  place point,
  opens time without time zone DEFAULT '08:00:00' NOT NULL,
  closes time without time zone DEFAULT '17:30:00' NOT NULL,
  CHECK (opens < closes)
);
CREATE INDEX warehouses_place_idx ON warehouses USING gist (place);

CREATE TABLE stock (
  warehouse_id smallint NOT NULL REFERENCES warehouses (id),
  product_id bigint NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  on_hand integer DEFAULT 0 NOT NULL CHECK (on_hand >= 0),
  reserved integer DEFAULT 0 NOT NULL,
  available integer GENERATED ALWAYS AS (on_hand - reserved) STORED,
  PRIMARY KEY (warehouse_id, product_id),
  CONSTRAINT stock_reserved_check CHECK (reserved BETWEEN 0 AND on_hand)
);

CREATE TABLE price_history (
  product_id bigint NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  valid daterange NOT NULL,
  price money_amount,
  CONSTRAINT price_history_no_overlap EXCLUDE USING gist (product_id WITH =, valid WITH &&)
);
COMMENT ON CONSTRAINT price_history_no_overlap ON price_history IS 'A product has one price a day';

CREATE FUNCTION record_price() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path TO 'public', 'pg_temp'
AS $$begin
  update price_history
     set valid = daterange(lower(valid), current_date)
   where product_id = new.id and upper_inf(valid) and lower(valid) < current_date;
  delete from price_history where product_id = new.id and upper_inf(valid);
  insert into price_history (product_id, valid, price) values (new.id, daterange(current_date, null), new.price);
  return null;
end$$;
CREATE TRIGGER products_price AFTER INSERT OR UPDATE OF price ON products FOR EACH ROW EXECUTE FUNCTION record_price();

CREATE FUNCTION reserve(product bigint, wanted integer DEFAULT 1, OUT warehouse smallint, OUT reserved integer)
  RETURNS record LANGUAGE plpgsql
AS $$begin
  update stock s
     set reserved = s.reserved + wanted
   where (s.warehouse_id, s.product_id) = (
           select warehouse_id, product_id from stock
            where product_id = product and available >= wanted
            order by available desc limit 1)
  returning s.warehouse_id, wanted into warehouse, reserved;
end$$;

CREATE VIEW low_stock AS
  SELECT p.id, p.code, p.title, sum(s.available) AS available
    FROM products p JOIN stock s ON s.product_id = p.id
   WHERE p.state = 'listed'
   GROUP BY p.id
  HAVING sum(s.available) < 10;

-- Down Migration
DROP VIEW low_stock;
DROP FUNCTION reserve(bigint, integer);
DROP TRIGGER products_price ON products;
DROP FUNCTION record_price();
DROP TABLE price_history;
DROP TABLE stock;
DROP TABLE warehouses;
DROP TABLE product_suppliers;
DROP TABLE suppliers;
DROP TYPE contact_details;
DROP EXTENSION btree_gist;
