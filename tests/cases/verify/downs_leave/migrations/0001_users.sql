-- Up Migration
create table users (id int primary key, name text, age int);
create type mood as enum ('good');
-- Down Migration
drop table users;
