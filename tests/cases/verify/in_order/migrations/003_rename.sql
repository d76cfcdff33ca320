alter table users rename column email to mail;
alter table users rename to people;
insert into people (mail) values ('a@b.example');
alter sequence orders_id_seq restart;
alter sequence if exists none_such restart;
alter sequence if exists none_such owned by none;
alter statistics if exists none_such set statistics 100;
drop view placed;
drop table orders, people;
