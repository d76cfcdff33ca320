create table orders (id int, total int);
create view totals as select id, total from orders;
