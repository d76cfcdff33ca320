CREATE SCHEMA app;
CREATE TABLE app.t (id serial PRIMARY KEY, a integer);
ALTER TABLE app.t ADD CONSTRAINT small CHECK (a < 100);
CREATE TABLE app.heir (own integer) INHERITS (app.t);
