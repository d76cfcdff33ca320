create table users (id bigint primary key, email text);
create view mails as select email from users;
create table orders (user_id bigint references users);
