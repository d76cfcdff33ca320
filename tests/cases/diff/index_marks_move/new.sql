create table moves (id int primary key, a int not null unique, b int, exclude using btree (b with =));
create unique index moves_a on moves (a);
alter table moves cluster on moves_b_excl;
alter table moves replica identity using index moves_a_key;

create table gains (id int primary key, a int not null);
create unique index gains_a on gains (a);
alter table gains cluster on gains_pkey;
alter table gains replica identity using index gains_pkey;

create table loses (id int primary key, a int not null);
create unique index loses_a on loses (a);
alter table loses replica identity nothing;

create table rebuilds (a int not null);
create unique index rebuilds_a on rebuilds (a desc);
alter table rebuilds cluster on rebuilds_a;
alter table rebuilds replica identity using index rebuilds_a;

create table made (id int, a int not null, unique (a), primary key (id));
alter table made cluster on made_a_key;
alter table made replica identity using index made_a_key;
create materialized view kept as select id from made;
create index kept_id on kept (id);
alter materialized view kept cluster on kept_id;
