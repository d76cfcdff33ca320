create type spot as (x integer, y integer);
create function at(spot) returns integer language sql immutable as 'select ($1).x';
create view origin as select (row(0, 0)::spot).x as x;
