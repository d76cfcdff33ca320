create domain rate as numeric(5,2);
create domain flags as bit varying(3);
create domain code as varchar(3);
create domain short_code as code;

create table fees (share rate, marks flags, label code, tags code[], nick short_code, mask bit(3), exact numeric(4,1));
