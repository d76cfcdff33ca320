CREATE TABLE base (a integer, b integer);
CREATE INDEX uniques ON base (a);
CREATE INDEX methods ON base (a);
CREATE INDEX includes ON base (a);
CREATE UNIQUE INDEX nulls ON base (b);
