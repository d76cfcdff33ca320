create table t (id int, mood text default 'sad');
