create table a (id int);
create function n() returns bigint language sql stable as 'select count(*) from a';
create table b (id int, n bigint default n());
