CREATE DOMAIN retyped AS bigint CONSTRAINT positive CHECK (VALUE > 0);
CREATE DOMAIN collated AS text COLLATE "C";
CREATE DOMAIN checked AS integer CONSTRAINT low CHECK (VALUE < 20);
CREATE DOMAIN validated AS integer CONSTRAINT few CHECK (VALUE < 100);
CREATE TABLE holder (id integer PRIMARY KEY, r retyped, c collated, k checked DEFAULT 3, v validated);
CREATE INDEX holder_r ON holder (r);
CREATE VIEW held AS SELECT id, c FROM holder;
