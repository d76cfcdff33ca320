create function f() returns bigint language sql immutable as 'select 2';
create table t (a int default f());
create view v as select f() as x;
