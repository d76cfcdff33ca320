create schema s;
create table s.t (a int primary key);
comment on schema s is 'it''s';
comment on table s.t is 'table';
comment on column s.t.a is 'col';
comment on constraint t_pkey on s.t is 'key';
