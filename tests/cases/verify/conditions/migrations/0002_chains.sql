create table chains (id int);
