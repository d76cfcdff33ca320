create table t (a int, b int);
create index i on t ((a+1), (b+1)); alter index i alter column 1 set statistics 100;
