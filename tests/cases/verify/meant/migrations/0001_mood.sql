-- Up Migration
create type mood as enum ('good');
create table people (id int primary key, m mood);
create function one() returns int language sql as $$ select 1 $$;
-- Down Migration
drop function one();
drop table people;
drop type mood;
