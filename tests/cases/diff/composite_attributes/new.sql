create type c as (a bigint, d date);
