create table t (id int, a bigint);
create view v as select id, a from t;
alter view v alter column a set default 7;
grant select (a), update (id) on v to public;
comment on column v.a is 'from outside';
