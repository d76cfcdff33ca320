-- quoin: no-transaction
begin;
set local search_path = sales;
alter table invoices add column paid boolean;
commit;
create table other (like misc);
begin;
set search_path = sales;
rollback;
alter table invoices add column late boolean;
