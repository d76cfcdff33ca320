create table t (a int, b text, c jsonb);
create unique index u on t (a desc nulls last, lower(b) collate "C" text_pattern_ops) include (c) nulls not distinct with (fillfactor = 70) where a > 0;
create index g on t using gin (c jsonb_path_ops);
