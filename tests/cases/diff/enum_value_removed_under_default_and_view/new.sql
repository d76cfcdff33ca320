create type e as enum ('b', 'a');
create table t (x e default 'a', y e[]);
create index on t (x) where x = 'a';
create view v as select x from t where x <> 'b';
