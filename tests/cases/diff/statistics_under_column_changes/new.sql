create table t (a bigint, b integer, c varchar(20));
create statistics t_a_b on a, b from t;
alter statistics t_a_b set statistics 77;
comment on statistics t_a_b is 'kept';
create statistics t_b_c (mcv) on b, c from t;
create statistics t_a_sum on a, (a + b) from t;
