create schema app;
set search_path to app, public;
create table users (id bigint primary key);
create table orders (user_id bigint references users);
