alter table users rename column email to mail;
alter table users rename to people;
insert into people (mail) values ('a@b.example');
alter sequence orders_id_seq restart;
drop view placed;
drop table orders, people;
