-- No key tells builds apart by id yet.
CREATE TABLE logs (id integer, build integer REFERENCES builds (id));
ALTER TABLE logs ADD COLUMN place_a integer, ADD COLUMN place_b integer;
ALTER TABLE logs ADD FOREIGN KEY (place_b, place_a) REFERENCES places (b, a);
ALTER TABLE logs ADD COLUMN build_name text REFERENCES builds (name);
ALTER TABLE logs ADD FOREIGN KEY (place_a) REFERENCES places (a);
CREATE TABLE self (id integer REFERENCES self, PRIMARY KEY (id));
