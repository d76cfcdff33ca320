create table t (id int, name text);
create view v as select id, name from t;
create view w as select name from v where id > 0;
comment on view w is 'names';
