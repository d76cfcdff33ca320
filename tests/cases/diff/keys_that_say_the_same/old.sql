-- The server makes one index of constraints that say the same in one CREATE TABLE, and two where one comes later.
create table gone (a int, b int);
alter table gone add unique (a), add constraint gone_again unique (a);
alter table gone add exclude (b with =), add exclude (b with =);
create table stays (a int primary key);
