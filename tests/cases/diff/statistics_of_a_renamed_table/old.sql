create schema stats;
create table orders (id bigint, state text, user_id bigint);
create statistics stats.orders_state on state, user_id, lower(state) from orders;
create statistics orders_state_user_id_stat on state, user_id from orders;
