create type mood as enum ('a', 'b');
create type pair as (m mood, n int);
create domain calm as mood check (value < 'b');
create table t (id int, m mood[] default '{a}', p pair, kept int, constraint known check (m[1] <= enum_last(null::mood)));
create table other (id int);
