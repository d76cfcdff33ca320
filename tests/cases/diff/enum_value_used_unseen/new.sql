-- No statement after the new label shows it, and the server refuses each of them in its transaction all the same: in an
-- array, in a row, as the last of its type, in a body, in a domain's check, and in a check that a rewrite looks at anew.
create type mood as enum ('a', 'b', 'c');
create type pair as (m mood, n int);
create domain calm as mood check (value < enum_last(null::mood));
create function latest() returns text language plpgsql immutable as $$begin return enum_last(null::mood)::text; end$$;
create table t (id int, m mood[] default '{c}', p pair default '(c,1)', kept bigint,
                constraint known check (m[1] <= enum_last(null::mood)));
create table other (id int, g text default latest());
create function rank(m mood) returns int language sql immutable as $$select array_position(enum_range(null::mood), m)$$;
create index on t (rank(m[1]));
create materialized view moods as select unnest(enum_range(null::mood)) as mood;
