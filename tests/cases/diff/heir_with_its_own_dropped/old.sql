create table u (id int); create table t (id int, x int) inherits (u); create table g (id int, x int, y int) inherits (t);
