-- A view that is rebuilt takes its grants along. Those that do not come again are lost as by a REVOKE, which is said.
create table orders (id int, total bigint);
create view totals as select id, total from orders;
grant select on totals to public;
