drop index orders_third;
drop index orders_first;
select old_name from orders;
