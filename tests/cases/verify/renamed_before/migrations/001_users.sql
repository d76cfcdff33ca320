create table users (id bigint primary key, name text);
alter table users rename to people;
alter table people rename name to label;
