create type measure as (height bigint, width integer, unit varchar(5), depth numeric);
create domain outline as measure check ((value).width > 0);
create type part as (name text, sizes measure[], outside outline);
create table frame (id integer primary key, inner_size measure not null, spare measure[], edge outline, parts part[]);
create view widths as select id, (inner_size).width as width from frame;
