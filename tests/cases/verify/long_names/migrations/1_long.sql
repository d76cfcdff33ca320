create table orders (id int);
create index orders_of_customers_that_have_paid_and_whose_goods_are_sent_already on orders (id);
comment on table orders is 'orders_of_customers_that_have_paid_and_whose_goods_are_sent_already';
create index "Orders of customers that have paid, and whose goods are sent already" on orders (id);
create index orders_of_customers_that_have_paid_and_whose_goods_are_sent_alright on orders (id);
