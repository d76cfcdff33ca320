create schema app;
create table app.orders (id bigint primary key, state text not null, user_id bigint, total numeric(10, 2));
create statistics app.orders_state (ndistinct) on state, user_id from app.orders;
create statistics app.orders_gone on state, total from app.orders;
create statistics app.orders_kept on user_id, total from app.orders;
comment on statistics app.orders_kept is 'Totals go with users';
create materialized view app.per_user as select user_id, state, sum(total) as total from app.orders group by user_id, state;
create statistics app.per_user_state on user_id, state from app.per_user;
