-- A body that is text follows after the rename, both ways; one that nobody changes is said.
CREATE TABLE stock (item integer, amount integer);
CREATE FUNCTION left_over() RETURNS integer LANGUAGE sql AS $$ SELECT amount FROM stock LIMIT 1 $$;
CREATE FUNCTION forgotten() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT amount FROM stock LIMIT 1); END $$;
