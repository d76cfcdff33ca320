create table readings (id bigint, value numeric) with (fillfactor = 90, autovacuum_enabled = false);
create index readings_value_idx on readings (value) with (fillfactor = 80, deduplicate_items = off);
create table same_set (id bigint) with (fillfactor = 90, autovacuum_enabled = false);
