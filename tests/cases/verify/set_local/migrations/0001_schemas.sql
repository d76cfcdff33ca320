create schema sales;
create table misc (id int);
set local search_path = sales;
create table invoices (id int);
