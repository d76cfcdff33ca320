CREATE TABLE builds (id integer NOT NULL, name text);
CREATE TABLE places (a integer, b integer, UNIQUE (a, b));
CREATE UNIQUE INDEX builds_name ON builds (name DESC);
CREATE TABLE packages (id integer PRIMARY KEY, name text);
