CREATE TABLE a (id integer, n integer, PRIMARY KEY (id));
CREATE TABLE b (a integer CONSTRAINT "b to a" REFERENCES a ON DELETE CASCADE, n integer);
CREATE VIEW v AS SELECT n FROM b;
