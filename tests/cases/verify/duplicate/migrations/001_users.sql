create table users (id bigint);
create index i on users (id);
