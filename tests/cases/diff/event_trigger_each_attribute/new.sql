CREATE FUNCTION noted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION noted_too() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER by_event ON sql_drop EXECUTE FUNCTION noted();
CREATE EVENT TRIGGER by_tags ON ddl_command_start WHEN TAG IN ('create table', 'DROP TABLE') EXECUTE FUNCTION noted();
CREATE EVENT TRIGGER by_function ON sql_drop EXECUTE FUNCTION noted_too();
CREATE EVENT TRIGGER by_state ON sql_drop EXECUTE FUNCTION noted();
ALTER EVENT TRIGGER by_state DISABLE;
