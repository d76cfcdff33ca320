create table seat (id int primary key, label text unique, taken int4range, exclude using gist (taken with &&));
comment on constraint seat_pkey on seat is 'tells seats apart';
comment on index seat_pkey is 'small enough to stay in memory';
comment on index seat_label_key is 'what people look for';
comment on index seat_taken_excl is 'one at a time';
