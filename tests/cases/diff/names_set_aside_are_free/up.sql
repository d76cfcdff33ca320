DROP SEQUENCE public.size_old;

ALTER TYPE public.a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa1 RENAME TO a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaa_old;

CREATE TYPE public.a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa1 AS ENUM ('b', 'a');

ALTER TYPE public.a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa2 RENAME TO a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaa_old1;

CREATE TYPE public.a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa2 AS ENUM ('b', 'a');

ALTER TYPE public.mood RENAME TO mood_old1;

CREATE TYPE public.mood AS ENUM ('ok');

ALTER TYPE public.size RENAME TO size_old2;

CREATE TYPE public.size AS (h integer, w integer);
CREATE FUNCTION pg_temp.carried(public.size_old2) RETURNS public.size LANGUAGE sql STRICT AS $$SELECT ($1).h, ($1).w$$;
CREATE CAST (public.size_old2 AS public.size) WITH FUNCTION pg_temp.carried(public.size_old2);

-- WARNING(may-fail): rows that hold 'gone' of enum public.mood make it fail: change them first
-- WARNING(rewrite): column public.diary.mood follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.diary ALTER COLUMN mood TYPE public.mood USING mood::text::public.mood;

DROP TYPE public.mood_old1;

-- WARNING(rewrite): column public.diary.size follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.diary ALTER COLUMN size TYPE public.size USING size::public.size;

DROP CAST (public.size_old2 AS public.size);
DROP FUNCTION pg_temp.carried(public.size_old2);
DROP TYPE public.size_old2;

-- WARNING(rewrite): column public.diary.one follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.diary ALTER COLUMN one TYPE public.a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa1 USING one::text::public.a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa1;

DROP TYPE public.a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaa_old;

-- WARNING(rewrite): column public.diary.two follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.diary ALTER COLUMN two TYPE public.a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa2 USING two::text::public.a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaaaaaa2;

DROP TYPE public.a_name_of_almost_all_the_bytes_that_a_name_may_have_aaaaaa_old1;

CREATE TABLE public.size_old1 (
    id integer
);
