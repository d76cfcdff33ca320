create table t(a int, b int generated always as (a*2) stored);
create index on t(b);
create view v as select b from t;
comment on column t.b is 'c';
alter table t add check (b > 0), add unique (b);
grant select (b) on t to public;
