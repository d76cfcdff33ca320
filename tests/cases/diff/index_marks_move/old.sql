-- What a table is clustered by, and what tells its old rows apart, moves from one index to another, to none, and back.
create table moves (id int primary key, a int not null unique, b int, exclude using btree (b with =));
create unique index moves_a on moves (a);
alter table moves cluster on moves_a;
alter table moves replica identity using index moves_a;

create table gains (id int primary key, a int not null);
create unique index gains_a on gains (a);
alter table gains replica identity full;

create table loses (id int primary key, a int not null);
create unique index loses_a on loses (a);
alter table loses cluster on loses_pkey;
alter table loses replica identity using index loses_a;

create table rebuilds (a int not null);
create unique index rebuilds_a on rebuilds (a);
alter table rebuilds cluster on rebuilds_a;
alter table rebuilds replica identity using index rebuilds_a;
