create table t (s text check (s in ('a', 'b')));
