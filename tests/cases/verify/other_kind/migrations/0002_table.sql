drop view v;
create table v (id int);
alter table v add column name text;
