create table person (id int, born date);
create view adult as select id from person;
