create type order_state as enum ('draft', 'placed');
create table orders (id bigserial primary key, user_id bigint not null references users, state order_state default 'draft');
create index on orders (user_id) where state = 'placed';
create view placed as select o.*, u.email from orders o join users u on u.id = o.user_id where state = 'placed';
