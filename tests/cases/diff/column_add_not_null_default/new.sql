create table t (id int, state text not null default 'new');
