create table orders (user_id bigint references users);
create index on orders (userid);
