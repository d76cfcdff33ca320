create table p(a int, b int) partition by range (a);
create table p1(a int, b int);
create index x1 on p1(b);
create index x2 on p1(b);
