grant create on schema public to public;
create table t (a int, b int);
