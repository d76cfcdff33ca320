alter table users drop column email;
drop table users;
