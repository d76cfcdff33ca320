create table events (id int, at date) partition by range (at);
create table users (id int primary key);
create procedure part(base text, k int) language plpgsql as $$
begin execute format('create table %s_%s (id int)', base, k); end $$;
