create table p (a int unique, b int);
create table c (a int references p (a));
