create table orders (
  id bigint primary key,
  user_id bigint references users (id)
);
create view late as
  select touch(id) from orders;
