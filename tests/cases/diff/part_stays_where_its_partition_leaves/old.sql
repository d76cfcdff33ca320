create table p(a int, b int) partition by range (a);
create table p1(a int, b int);
create index x1 on p1(b);
alter table p attach partition p1 for values from (0) to (10);
create index pi1 on p(b);
create index x2 on p1(b);
