create type spot as (x integer, y integer, note text);
create table pin (id integer primary key, at spot default '(1,2,)', g boolean generated always as ((at).x > 0) stored);
create view notes as select id, (at).note as note from pin;
create view xs as select id, (at).x as x from pin;
create index pin_note_idx on pin (((at).note));
create index pin_x_idx on pin (((at).x));
