-- Up Migration
create table last (id int);
