create table t (id bigint generated always as identity, a int);
grant usage, select on sequence t_id_seq to public;
comment on sequence t_id_seq is 'numbers of t';
