create schema s;
create table s.t (a int primary key);
