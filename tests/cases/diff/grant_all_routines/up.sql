-- WARNING(access): takes EXECUTE on function app.twice(integer) from everybody
REVOKE EXECUTE ON FUNCTION app.twice(integer) FROM PUBLIC;

-- WARNING(access): takes EXECUTE on function other.twice(integer) from everybody
REVOKE EXECUTE ON FUNCTION other.twice(integer) FROM PUBLIC;

-- WARNING(access): takes EXECUTE on procedure app.sweep() from everybody
REVOKE EXECUTE ON PROCEDURE app.sweep() FROM PUBLIC;

-- WARNING(access): takes EXECUTE on aggregate app.total(integer) from everybody
REVOKE EXECUTE ON FUNCTION app.total(integer) FROM PUBLIC;

-- WARNING(access): takes EXECUTE on aggregate other.total(integer) from everybody
REVOKE EXECUTE ON FUNCTION other.total(integer) FROM PUBLIC;
