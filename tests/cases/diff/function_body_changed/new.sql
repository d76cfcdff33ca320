create function f(a int) returns int language sql as 'select a + 1';
create table t (a int default f(1));
