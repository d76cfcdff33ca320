create table t (a int);
create extension if not exists "uuid-ossp";
