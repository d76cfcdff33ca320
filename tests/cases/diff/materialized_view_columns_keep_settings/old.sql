create table t (a int, b text);
create materialized view m as select a, b, 'x'::text as c from t;
alter materialized view m alter column a set statistics 77;
alter materialized view m alter column a set (n_distinct = 7);
alter materialized view m alter column b set storage external;
alter materialized view m alter column c set storage external;
