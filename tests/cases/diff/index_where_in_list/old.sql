create table findings (id bigint, status varchar(20) not null);
create index findings_open_idx on findings (id) where status in ('new', 'acknowledged');
create view open_findings as select id from findings where status not in ('closed', 'void') and id > 0;
