alter table users add column age integer;
select name from people;
