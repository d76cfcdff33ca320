-- The server carries views, checks and indexes along: nothing but the renames is left to do.
CREATE TABLE product (id integer PRIMARY KEY, qty integer CHECK (qty > 0 AND qty < 99), name varchar(9));
CREATE INDEX product_lower_idx ON product (lower(name)) WHERE qty > 5;
CREATE VIEW dear AS SELECT id, qty FROM product WHERE qty > 10;
CREATE VIEW pairs AS SELECT p.id, product.qty FROM product JOIN product p ON p.id = product.qty;
CREATE MATERIALIZED VIEW total AS SELECT sum(qty) AS qty FROM product;
