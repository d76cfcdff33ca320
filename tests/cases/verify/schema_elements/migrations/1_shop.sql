CREATE SCHEMA shop
  CREATE VIEW cart_ids AS SELECT c.id FROM carts c
  CREATE INDEX carts_owner ON carts (owner)
  CREATE TABLE carts (id bigint PRIMARY KEY, owner text)
  CREATE TABLE lines (id bigint, cart bigint REFERENCES carts);
CREATE SCHEMA AUTHORIZATION clerk CREATE TABLE notes (id int);
