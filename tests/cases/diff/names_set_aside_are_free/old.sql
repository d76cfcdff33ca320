create type mood as enum ('ok', 'gone');
create type mood_old as enum ('fine');
create type size as (w integer, h integer);
create sequence size_old;
create type a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa1 as enum ('a', 'b');
create type a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa2 as enum ('a', 'b');
create table diary (
  mood mood, before mood_old, size size,
  one a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa1,
  two a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa2
);
