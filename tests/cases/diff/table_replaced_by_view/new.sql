create table y (a int);
create view x as select a from y;
