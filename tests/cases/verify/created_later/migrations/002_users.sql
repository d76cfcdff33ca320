create table users (id bigint primary key);
create function touch(n bigint) returns bigint language sql as 'select n';
