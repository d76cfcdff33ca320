create table findings (id integer, status varchar(20) not null);
create index findings_open_idx on findings (id) where (status)::text = any (array[('new'::varchar)::text, ('acknowledged'::varchar)::text]);
create view open_findings as select id from findings where status not in ('closed', 'void') and id > 0;
