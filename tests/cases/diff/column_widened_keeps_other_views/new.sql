create table t (a bigint, b int);
create view only_b as select b from t;
create view only_a as select a from t;
