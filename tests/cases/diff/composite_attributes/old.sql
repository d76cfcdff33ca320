create type c as (a int, b text);
