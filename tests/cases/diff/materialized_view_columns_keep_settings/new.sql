-- What is set for the columns of a materialized view is set again when it is built anew, where the type still allows.
create table t (a bigint, b text);
create materialized view m as select a, b, 1 as c from t;
alter materialized view m alter column a set statistics 77;
alter materialized view m alter column a set (n_distinct = 7);
alter materialized view m alter column b set storage external;
