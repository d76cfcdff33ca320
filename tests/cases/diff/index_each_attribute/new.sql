CREATE TABLE base (a integer, b integer);
CREATE UNIQUE INDEX uniques ON base (a);
CREATE INDEX methods ON base USING hash (a);
CREATE INDEX includes ON base (a) INCLUDE (b);
CREATE UNIQUE INDEX nulls ON base (b) NULLS NOT DISTINCT;
