CREATE SCHEMA app;
CREATE TABLE t (id serial PRIMARY KEY, a integer);
ALTER TABLE t ADD CONSTRAINT small CHECK (a < 100) NOT VALID;
CREATE TABLE app.heir (own integer) INHERITS (t);
