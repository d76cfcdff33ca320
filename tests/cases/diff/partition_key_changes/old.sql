-- What parts the rows changes: by hash first, by date then. One partition keeps its name, and takes other rows.
create table kinds (id int primary key);
create table events (id bigint generated always as identity, at date not null, kind int references kinds, note text default 'none', constraint events_pkey primary key (id, at)) partition by hash (id);
create table events_0 partition of events for values with (modulus 2, remainder 0);
create table events_1 partition of events for values with (modulus 2, remainder 1);
create index events_note on events (note);
create view said as select note from events where id > 1;
alter table events_1 enable row level security;
grant select on events_1 to public;
comment on table events_1 is 'the odd ones';
