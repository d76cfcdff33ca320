-- Description: Find the orders of a product without reading every line
-- Created: 2025-07-15 06:00:00 UTC

-- Up Migration
CREATE INDEX CONCURRENTLY order_lines_product_id_idx ON order_lines (product_id) INCLUDE (quantity);

-- Down Migration
DROP INDEX CONCURRENTLY order_lines_product_id_idx;
