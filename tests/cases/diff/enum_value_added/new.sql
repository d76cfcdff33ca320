create type e as enum ('a', 'b', 'c', 'd');
create table t (x e);
