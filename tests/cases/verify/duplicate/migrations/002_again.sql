create table users (id bigint);
create table if not exists users (id bigint);
create view i as select 1 as one;
alter table users add column id integer;
