create type span as (lo integer, hi integer);
create type shelf as (name text, room span);
create domain wide as span;
create table rack (id integer primary key, top shelf, gaps wide[]);
