create schema stats;
create table a (x integer, y integer);
create statistics a_x_y on x, y from a;
alter statistics a_x_y set schema stats;
alter statistics stats.a_x_y rename to a_both;
create table c (x integer, y integer);
create statistics stats.c_x_y on x, y from c;
