-- WARNING(access): gives EXECUTE on aggregate app.total(integer) to everybody
GRANT EXECUTE ON FUNCTION app.total(integer) TO PUBLIC;

-- WARNING(access): gives EXECUTE on aggregate other.total(integer) to everybody
GRANT EXECUTE ON FUNCTION other.total(integer) TO PUBLIC;

-- WARNING(access): gives EXECUTE on procedure app.sweep() to everybody
GRANT EXECUTE ON PROCEDURE app.sweep() TO PUBLIC;

-- WARNING(access): gives EXECUTE on function app.twice(integer) to everybody
GRANT EXECUTE ON FUNCTION app.twice(integer) TO PUBLIC;

-- WARNING(access): gives EXECUTE on function other.twice(integer) to everybody
GRANT EXECUTE ON FUNCTION other.twice(integer) TO PUBLIC;
