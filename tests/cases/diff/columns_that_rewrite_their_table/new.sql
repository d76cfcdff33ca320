-- A value of its own in each row rewrites the table; one that is the same for all does not.
create extension if not exists "uuid-ossp";
create table t (a int, b bigint generated always as identity, c uuid default uuid_generate_v4(),
  d timestamptz default clock_timestamp(), e timestamptz default now(), f int default 7);
create table fresh (b bigint generated always as identity, d timestamptz default clock_timestamp());
