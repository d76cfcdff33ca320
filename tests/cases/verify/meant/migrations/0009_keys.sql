-- Up Migration
create table pairs (a int, b int, constraint pairs_once unique (a, b));
-- Down Migration
drop table pairs;
