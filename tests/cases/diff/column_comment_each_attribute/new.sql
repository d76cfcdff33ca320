create type ct as (a int, c date); comment on column ct.a is 'about a, now'; comment on column ct.c is 'about c';
create table t (a int, b int); create view v as select a, b, a+b as c from t; comment on column v.a is 'va 2'; comment on column v.c is 'vc';
create materialized view mv as select a, b from t; comment on column mv.a is 'ma'; comment on column mv.b is 'mb';
