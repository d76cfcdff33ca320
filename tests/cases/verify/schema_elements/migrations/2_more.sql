ALTER TABLE shop.carts ADD COLUMN mail text;
ALTER TABLE shop.lines ADD COLUMN n int;
DROP VIEW shop.cart_ids;
DROP INDEX shop.carts_owner;
ALTER TABLE clerk.notes ADD COLUMN body text;
SELECT * FROM carts;
