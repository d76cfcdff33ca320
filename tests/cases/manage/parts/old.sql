CREATE SCHEMA app;
CREATE FUNCTION app.f(integer) RETURNS integer LANGUAGE sql AS 'select $1';
CREATE FUNCTION app.f(text) RETURNS text LANGUAGE sql AS 'select $1';
CREATE TABLE users (id integer, name text);
CREATE INDEX users_name_tmp ON users (name);
CREATE INDEX users_id ON users (id);
GRANT SELECT ON users TO monitor;
CREATE VIEW names AS SELECT name FROM users;
GRANT SELECT ON names TO monitor;
