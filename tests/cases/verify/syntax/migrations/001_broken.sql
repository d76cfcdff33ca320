create table a (id bigint);
create tabel b (id bigint);
create table c (a_id bigint);
select a_id from c;
