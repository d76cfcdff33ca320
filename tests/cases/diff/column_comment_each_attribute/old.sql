create type ct as (a int, b text, c date); comment on column ct.a is 'about a'; comment on column ct.b is 'about b';
create table t (a int, b int); create view v as select a, b from t; comment on column v.a is 'va'; comment on column v.b is 'vb';
create materialized view mv as select a from t; comment on column mv.a is 'ma';
