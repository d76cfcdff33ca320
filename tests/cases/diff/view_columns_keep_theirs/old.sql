-- A view that is built anew keeps the defaults of its columns, what may be done with them, and their comments.
create table t (id int, a int);
create view v as select id, a from t;
alter view v alter column a set default 7;
grant select (a), update (id) on v to public;
comment on column v.a is 'from outside';
