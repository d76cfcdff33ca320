create type mood as enum ('ok');
create type mood_old as enum ('fine');
create type size as (h integer, w integer);
create table size_old1 (id integer);
create type a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa1 as enum ('b', 'a');
create type a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa2 as enum ('b', 'a');
create table diary (
  mood mood, before mood_old, size size,
  one a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa1,
  two a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa2
);
