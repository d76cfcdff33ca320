create table one (a int primary key unique, b int unique unique, exclude (b with =), exclude (b with =));
create table two (a int primary key, b int);
alter table two add unique (a), add unique (b), add constraint b_again unique (b);
alter table two add exclude (b with =), add exclude (b with =), add unique (b) include (a);
create table stays (a int primary key);
alter table stays add unique (a);
