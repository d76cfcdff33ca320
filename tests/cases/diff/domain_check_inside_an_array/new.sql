create domain port as integer constraint port_range check (value between 1 and 65535);
create domain host as text not null;
create type address as (host host, port port);
create table server (id integer primary key, main port, others port[], seen address);
