create domain d as text default 'x' not null constraint short check (length(value) < 10);
create table t (a d);
