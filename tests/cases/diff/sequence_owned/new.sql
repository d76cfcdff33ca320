create sequence s as int increment by 5 start with 10;
create table t (id int default nextval('s'));
alter sequence s owned by t.id;
