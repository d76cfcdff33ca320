-- Description: Parcels of their own, and what the owner looks at on Mondays
-- Created: 2025-09-01 09:30:00 UTC

-- Up Migration
CREATE TABLE shipments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL,
  line_no smallint NOT NULL,
  warehouse_id smallint NOT NULL REFERENCES warehouses (id),
  quantity integer DEFAULT 1 NOT NULL CHECK (quantity > 0),
  tracking_code text,
  sent_at timestamp with time zone,
  CONSTRAINT shipments_line_fkey FOREIGN KEY (order_id, line_no) REFERENCES order_lines (order_id, line_no)
    MATCH FULL ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX shipments_tracking_code_idx ON shipments USING gist (tracking_code gist_trgm_ops (siglen = 32));
CREATE INDEX shipments_unsent_idx ON shipments (order_id, line_no) WHERE sent_at IS NULL;

ALTER TABLE customers ADD COLUMN birthday date;
ALTER TABLE customers ADD CONSTRAINT customers_birthday_check CHECK (birthday > '1900-01-01'::date) NOT VALID;

CREATE MATERIALIZED VIEW product_sales AS
  SELECT p.id AS product_id, p.title, date_trunc('month', o.placed_at) AS month,
         sum(l.quantity) AS sold, sum(l.total) AS turnover
    FROM order_lines l
    JOIN orders o ON o.id = l.order_id
    JOIN products p ON p.id = l.product_id
   WHERE o.state <> 'basket' AND o.state <> 'cancelled'
   GROUP BY p.id, date_trunc('month', o.placed_at);
CREATE UNIQUE INDEX product_sales_product_id_month_idx ON product_sales (product_id, month);
COMMENT ON MATERIALIZED VIEW product_sales IS 'Refreshed every night';

CREATE VIEW best_sellers AS
  SELECT title, sum(turnover) AS turnover FROM product_sales GROUP BY title ORDER BY 2 DESC LIMIT 20;

CREATE PROCEDURE drop_stale_baskets(older_than interval DEFAULT '30 days'::interval) LANGUAGE sql
AS $$delete from orders where state = 'basket' and created_at < now() - older_than$$;
COMMENT ON PROCEDURE drop_stale_baskets(interval) IS 'Run by hand, after looking';

-- Down Migration
DROP PROCEDURE drop_stale_baskets(interval);
DROP VIEW best_sellers;
DROP MATERIALIZED VIEW product_sales;
ALTER TABLE customers DROP CONSTRAINT customers_birthday_check;
ALTER TABLE customers DROP COLUMN birthday;
DROP TABLE shipments;
