create table w (id int);
