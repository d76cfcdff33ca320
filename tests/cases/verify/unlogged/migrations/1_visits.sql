create unlogged table visits (id serial primary key, at timestamptz);
create table kept (id serial primary key);
