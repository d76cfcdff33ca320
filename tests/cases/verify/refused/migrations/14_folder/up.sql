create table open1 (id int);
commit;
begin;
create table open2 (id int);
