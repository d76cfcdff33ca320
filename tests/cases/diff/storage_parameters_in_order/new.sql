create table readings (id bigint, value numeric) with (fillfactor = 70);
create index readings_value_idx on readings (value) with (deduplicate_items = off);
create table same_set (id bigint) with (autovacuum_enabled = false, fillfactor = 90);
