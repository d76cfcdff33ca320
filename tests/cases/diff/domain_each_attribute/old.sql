CREATE DOMAIN retyped AS integer CONSTRAINT positive CHECK (VALUE > 0);
CREATE DOMAIN collated AS text;
CREATE DOMAIN checked AS integer CONSTRAINT low CHECK (VALUE < 10);
CREATE DOMAIN validated AS integer;
ALTER DOMAIN validated ADD CONSTRAINT few CHECK (VALUE < 100) NOT VALID;
CREATE TABLE holder (id integer PRIMARY KEY, r retyped, c collated, k checked DEFAULT 3, v validated);
CREATE INDEX holder_r ON holder (r);
CREATE VIEW held AS SELECT id, c FROM holder;
