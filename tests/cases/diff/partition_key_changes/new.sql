create table kinds (id int primary key);
create table events (id bigint generated always as identity, at date not null, kind int references kinds, note text default 'none', constraint events_pkey primary key (id, at)) partition by range (at);
create table events_1 partition of events for values from ('2024-01-01') to ('2025-01-01');
create table events_rest partition of events default;
create index events_note on events (note);
create view said as select note from events where id > 1;
alter table events_1 enable row level security;
grant select on events_1 to public;
comment on table events_1 is 'of 2024';
