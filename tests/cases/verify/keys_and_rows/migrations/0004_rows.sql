CREATE TABLE versions (package integer NOT NULL, note text);
INSERT INTO versions (package, note) VALUES
  ((SELECT id FROM packages WHERE name = 'a'), (SELECT name FROM packages WHERE name = 'a')),
  ((SELECT max(id) FROM packages), 'an aggregate');
