create table customers (id bigint primary key, email text, mood text);
alter table custmers add column age integer;
create index on customers (emial);
create table visits (customer_id bigint references customer);
alter table customers add column key uuid default uuid_generate_v4();
alter table customers add column word citext;
select count(*) from shop.sales;
create trigger touch before update on customers for each row execute function touched();
