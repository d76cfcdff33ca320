alter table events_2 rename to february;
alter table shard_1 drop column note;
alter table shard_3 drop column note;
alter table users drop column note;
create table events_1 (id int);
