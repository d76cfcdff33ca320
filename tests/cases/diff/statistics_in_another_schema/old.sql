create schema stats;
create table a (x integer, y integer);
create table b (x integer, y integer);
create statistics stats.a_x_y on x, y from a;
create statistics b_x_y on x, y from b;
