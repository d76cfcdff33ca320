-- WARNING(data-loss): drops user mapping public of server by_wrapper and its password, which quoin does not know
DROP USER MAPPING FOR PUBLIC SERVER by_wrapper;

DROP SERVER by_type;

DROP SERVER by_wrapper;

ALTER FOREIGN DATA WRAPPER by_handler HANDLER public.handle;

ALTER FOREIGN DATA WRAPPER by_options OPTIONS (SET host 'a=c', ADD "odd name" 'y', DROP gone);

ALTER FOREIGN DATA WRAPPER by_validator VALIDATOR pg_catalog.postgresql_fdw_validator;

ALTER SERVER by_options OPTIONS (SET host 'there');

CREATE SERVER by_type TYPE 'x' FOREIGN DATA WRAPPER granted;

ALTER SERVER by_version VERSION NULL;

CREATE SERVER by_wrapper FOREIGN DATA WRAPPER by_validator;

ALTER USER MAPPING FOR PUBLIC SERVER by_options OPTIONS (SET "user" 'two');

-- WARNING(secret): user mapping public of server by_wrapper gets no password: set that by hand, for quoin writes no secrets
CREATE USER MAPPING FOR PUBLIC SERVER by_wrapper OPTIONS ("user" 'one');

GRANT USAGE ON FOREIGN DATA WRAPPER granted TO PUBLIC;

GRANT USAGE ON FOREIGN SERVER by_type TO PUBLIC;

COMMENT ON FOREIGN DATA WRAPPER granted IS 'far';

COMMENT ON SERVER by_options IS 'there';
