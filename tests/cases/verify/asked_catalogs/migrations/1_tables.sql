create table orders (id int, old_name text);
create index orders_first on orders (id);
create index orders_second on orders (id);
