CREATE TABLE log (note text, at integer);
CREATE TABLE t (id integer PRIMARY KEY, name text, retyped bigint);
CREATE VIEW shown AS SELECT id, upper(name) AS name FROM t;
CREATE RULE by_actions AS ON INSERT TO t DO ALSO
  (INSERT INTO log VALUES (new.name, new.id); UPDATE log SET at = at + 1 WHERE note = new.name);
CREATE RULE by_event AS ON DELETE TO t DO ALSO NOTIFY seen;
CREATE RULE by_where AS ON UPDATE TO t WHERE old.id = 1 AND new.name IS NULL DO INSTEAD NOTHING;
CREATE RULE by_instead AS ON UPDATE TO t WHERE old.id = 2 DO ALSO DELETE FROM log;
CREATE RULE by_enabled AS ON DELETE TO t WHERE old.id = 3 DO INSTEAD NOTHING;
ALTER TABLE t ENABLE REPLICA RULE by_enabled;
CREATE RULE by_retyped AS ON DELETE TO t WHERE old.retyped = 3 DO INSTEAD NOTHING;
COMMENT ON RULE by_retyped ON t IS 'stays';
CREATE RULE written AS ON UPDATE TO shown DO INSTEAD UPDATE t SET name = new.name WHERE t.id = old.id;
CREATE RULE added AS ON INSERT TO shown DO INSTEAD INSERT INTO t (id, name) VALUES (new.id, new.name) RETURNING id, name;
COMMENT ON RULE added ON shown IS 'new';
CREATE TABLE stays (a integer);
