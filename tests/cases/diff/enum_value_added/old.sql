create type e as enum ('a', 'c');
create table t (x e);
