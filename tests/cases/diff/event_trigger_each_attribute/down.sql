DROP EVENT TRIGGER by_event;

DROP EVENT TRIGGER by_function;

DROP EVENT TRIGGER by_tags;

CREATE EVENT TRIGGER by_event ON ddl_command_end EXECUTE FUNCTION public.noted();

CREATE EVENT TRIGGER by_function ON sql_drop EXECUTE FUNCTION public.noted();

ALTER EVENT TRIGGER by_state ENABLE;

CREATE EVENT TRIGGER by_tags ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION public.noted();

CREATE EVENT TRIGGER "gone; it's" ON sql_drop EXECUTE FUNCTION public.noted();
ALTER EVENT TRIGGER "gone; it's" ENABLE REPLICA;

COMMENT ON EVENT TRIGGER by_state IS 'watches';
