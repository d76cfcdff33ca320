create table p (id serial primary key);
create table c (id int references p);
create view v as select * from c;
comment on column c.id is 'x';
