create table seat (id int primary key, label text unique, taken int4range, exclude using gist (taken with &&));
comment on index seat_label_key is 'was found by hand before';
