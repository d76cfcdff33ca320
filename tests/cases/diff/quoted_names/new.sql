create schema "My Schema";
create table "My Schema"."Order" ("Select" int primary key, "a""b" text default 'x\y');
create index "Weird Index" on "My Schema"."Order" ("a""b");
