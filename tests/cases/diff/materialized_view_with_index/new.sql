create table t (a int);
create materialized view m as select a + 1 as a from t;
create unique index on m (a);
