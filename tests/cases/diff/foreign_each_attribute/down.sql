COMMENT ON FOREIGN DATA WRAPPER granted IS NULL;

COMMENT ON SERVER by_options IS NULL;

-- WARNING(access): takes USAGE on foreign data wrapper granted from everybody
REVOKE USAGE ON FOREIGN DATA WRAPPER granted FROM PUBLIC;

-- WARNING(data-loss): drops user mapping public of server by_wrapper and its password, which quoin does not know
DROP USER MAPPING FOR PUBLIC SERVER by_wrapper;

DROP SERVER by_type;

DROP SERVER by_wrapper;

ALTER FOREIGN DATA WRAPPER by_handler NO HANDLER;

ALTER FOREIGN DATA WRAPPER by_options OPTIONS (SET host 'a''b', ADD gone 'x', DROP "odd name");

ALTER FOREIGN DATA WRAPPER by_validator NO VALIDATOR;

ALTER SERVER by_options OPTIONS (SET host 'here');

CREATE SERVER by_type FOREIGN DATA WRAPPER granted;

ALTER SERVER by_version VERSION '1';

CREATE SERVER by_wrapper FOREIGN DATA WRAPPER granted;

ALTER USER MAPPING FOR PUBLIC SERVER by_options OPTIONS (SET "user" 'one');

-- WARNING(secret): user mapping public of server by_wrapper gets no password: set that by hand, for quoin writes no secrets
CREATE USER MAPPING FOR PUBLIC SERVER by_wrapper OPTIONS ("user" 'one');

GRANT USAGE ON FOREIGN SERVER by_type TO PUBLIC;
