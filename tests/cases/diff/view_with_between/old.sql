create table s (d date, v integer);
create view w as select d from s where d between '2020-01-01' and '2021-01-01' and v not between 1 and 3;
