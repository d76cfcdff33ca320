// Nothing that leaves the process holds a password: what is masked in a text.
#include "core/base/secret.h"

#include "core/base/comment.h"
#include "core/base/files.h"
#include "tests/catch.h"

using namespace quoin;

TEST_CASE("what is a password by the text around it is masked", "[secret]") {
  const std::pair<const char*, const char*> cases[] = {
      {"at postgresql://ann:Wren7@db/shop now", "at postgresql://ann:***@db/shop now"},
      {"select vault.create_secret('Wren7', 'n'), 'x'", "select vault.create_secret('***', '***'), 'x'"},
      {"call \"set_password\"('u', 'Wren7')", "call \"set_password\"('***', '***')"},
      {"insert into t (a, password) values (1, 'Wren7'), (2, 'Wren8'); select 'x'",
       "insert into t (a, password) values (1, '***'), (2, '***'); select 'x'"},
      {"select * from secrets where kind in ('a')", "select * from secrets where kind in ('a')"},
      {"postgresql+psycopg2://ann:Wren7@db/shop", "postgresql+psycopg2://ann:***@db/shop"},
      {"  POSTGRES://ann:Wren7@db/shop", "  POSTGRES://ann:***@db/shop"},
      {"mysql://ann:Wr@e/n?7@db/shop", "mysql://ann:***@db/shop"},
      {"\\setenv PGPASSWORD Wren7 and more", "\\setenv PGPASSWORD ***"},
      {"jdbc:postgresql://db/shop?user=ann&password=Wren7&ssl=true",
       "jdbc:postgresql://db/shop?user=ann&password=***&ssl=true"},
      {"postgres://ann:Wren7", "postgres://ann:***"},
      {"postgres//ann:Wren7@db/shop", "postgres//ann:***@db/shop"},
      {"postgresql:/ann:Wren7@db", "postgresql:/ann:***@db"},
      {"of \"ann:Wren7@db/shop\"", "of \"ann:***@db/shop\""},
      {"ann:Wr@en7@db/shop", "ann:***@db/shop"},
      {"postgres:ann:Wren7@db", "postgres:ann:***@db"},
      {"postgres:Wren7@db", "postgres:***@db"},
      {"PostgreSQL;//ann:Wren7@db", "PostgreSQL;//ann:***@db"},
      {"//ann:Wren7@db", "//ann:***@db"},
      {"jdbc:postgresql:ann:Wren7@db/shop", "jdbc:postgresql:ann:***@db/shop"},
      {"(DATABASE_URL=ann:Wren7@[::1]:5432/shop)", "(DATABASE_URL=ann:***@[::1]:5432/shop)"},
      {"migrations/1_a.sql:3:5: mail ann@example.org, mailto:ann@example.org",
       "migrations/1_a.sql:3:5: mail ann@example.org, mailto:ann@example.org"},
      {"where a::jsonb@>b and c:=@d", "where a::jsonb@>b and c:=@d"},
      {"git@example.org:shop/db.git at 10:20:30", "git@example.org:shop/db.git at 10:20:30"},
      {"postgres://db:5432/shop?options=a@b", "postgres://db:5432/shop?options=a@b"},
      {"postgres://[::1]:5432/shop", "postgres://[::1]:5432/shop"},
      {"postgres://a:1,b:2/shop", "postgres://a:1,b:2/shop"},
      {"write it as postgresql://user@host:port/database", "write it as postgresql://user@host:port/database"},
      {"host=db password=Wren7 user=ann", "host=db password=*** user=ann"},
      {"PASSWORD = 'Wr''en 7' user=ann", "PASSWORD = '***' user=ann"},
      {"password='Wr\\'en 7' user=ann", "password='***' user=ann"},
      {"PGPASSWORD=Wren7 psql", "PGPASSWORD=*** psql"},
      {"{\"password\": \"Wren\\\"7\", \"a\": 1}", "{\"password\": \"***\", \"a\": 1}"},
      {"ALTER ROLE ann PASSWORD 'Wren7'", "ALTER ROLE ann PASSWORD '***'"},
      {"ALTER ROLE ann ENCRYPTED PASSWORD\n  E'Wr\\'en7' LOGIN", "ALTER ROLE ann ENCRYPTED PASSWORD\n  E'***' LOGIN"},
      {"ALTER ROLE ann PASSWORD $x$Wren7$x$", "ALTER ROLE ann PASSWORD $x$***$x$"},
      {"ALTER ROLE ann PASSWORD Wren7;", "ALTER ROLE ann PASSWORD ***;"},
      {"ALTER ROLE ann PASSWORD NULL", "ALTER ROLE ann PASSWORD NULL"},
      {"ALTER ROLE ann PASSWORD 'Wren7 is cut sho …", "ALTER ROLE ann PASSWORD '***"},
      {"EXECUTE 'ALTER ROLE ann PASSWORD ''Wren7'' LOGIN'", "EXECUTE 'ALTER ROLE ann PASSWORD ''***'' LOGIN'"},
      {"CREATE USER ann IDENTIFIED BY 'Wren7'", "CREATE USER ann IDENTIFIED BY '***'"},
      {"SET password TO 'Wren7'", "SET password TO '***'"},
      {"'password' => 'Wren7'", "'password' => '***'"},
      {"identified by \"Wren 7\"", "identified by \"***\""},
      {"OPTIONS (user 'ann', password 'Wren7')", "OPTIONS (user 'ann', password '***')"},
      {"CREATE SUBSCRIPTION s CONNECTION 'host=db password=Wren7' PUBLICATION p",
       "CREATE SUBSCRIPTION s CONNECTION 'host=db password=***' PUBLICATION p"},
      {"password authentication failed for user \"ann\"", "password authentication failed for user \"ann\""},
      {"column \"password\" of relation \"users\" does not exist",
       "column \"password\" of relation \"users\" does not exist"},
      {"CREATE TABLE users (password text NOT NULL)", "CREATE TABLE users (password text NOT NULL)"},
      {"check user and password (in the URL, PGPASSWORD or ~/.pgpass)",
       "check user and password (in the URL, PGPASSWORD or ~/.pgpass)"},
      {"no password supplied", "no password supplied"},
      {"format('ALTER ROLE %I PASSWORD %L', 'ann', 'Wren7')", "format('ALTER ROLE %I PASSWORD *** ***)"},
      {"format($f$ALTER ROLE a PASSWORD %s$f$, $p$Wren7)$p$) x", "format($f$ALTER ROLE a PASSWORD *** ***) x"},
      {"EXECUTE 'ALTER ROLE a PASSWORD ' || quote_literal('Wr;en)7'); x", "EXECUTE 'ALTER ROLE a PASSWORD '***; x"},
      {"postgres://db/shop?user=a&passw%6Frd=Wren7&x=1", "postgres://db/shop?user=a&passw%6Frd=***&x=1"},
      {"postgres://ann%3AWren7@db/shop", "postgres://ann%3A***@db/shop"},
      {"OPTIONS (ADD password 'Wren7')", "OPTIONS (ADD password '***')"},
      {"OPTIONS (\"password\" 'Wren7')", "OPTIONS (\"password\" '***')"},
      {"OPTIONS (secret_access_key 'Wren7')", "OPTIONS (secret_access_key '***')"},
      {"dblink_connect('c', 'host=db password=''Wr en7'' user=a')",
       "dblink_connect('c', 'host=db password=''***'' user=a')"},
      {"not expected: --password Wren7 status", "not expected: --password *** status"},
      {"not expected: --db-password Wren7", "not expected: --db-password ***"},
      {"--password --json", "--password --json"},
      {"set_config('app.password', 'Wren7', false)", "set_config('app.password', '***', false)"},
      {"md SCRAM-SHA-256$4096:c2FsdA==$a+b/c:d= end", "md SCRAM-SHA-256$*** end"},
      {"SET hash = crypt('Wren7', gen_salt('bf'))", "SET hash = crypt('***', gen_salt('***'))"},
      {"EXECUTE 'SELECT pgp_sym_encrypt(''a'', ''Wren)7'')'", "EXECUTE 'SELECT pgp_sym_encrypt(''***'', ''***'')'"},
      {"function crypt(unknown, text) does not exist", "function crypt(unknown, text) does not exist"},
      {"v_password CONSTANT text := 'Wren7';", "v_password CONSTANT text := '***';"},
      {"the password is shown; name = 'ann'", "the password is shown; name = 'ann'"},
      {"password, email FROM users WHERE name = 'ann'", "password, email FROM users WHERE name = 'ann'"},
  };
  for (const auto& [text, shown] : cases) CHECK(masked(text) == shown);
}

TEST_CASE("a password in use is masked wherever it shows, but no word and no name is", "[secret]") {
  remember_secret("Heron42");
  remember_secret("relation");
  const Text names[] = {"Shop1"};
  remember_secret("Shop1", names);
  CHECK(masked("Heron42 and xHeron42x") == "*** and x***x");
  CHECK(masked("relation \"a\" of database \"Shop1\"") == "relation \"a\" of database \"Shop1\"");
}

TEST_CASE("what a server quotes from a statement's password is masked", "[secret]") {
  const Text statement = "ALTER ROLE ann PASSWORD 'role'; ALTER ROLE bob PASSWORD 'Wren77'";
  CHECK(masked("syntax error at or near \"role\"", statement) == "syntax error at or near \"***\"");
  CHECK(masked("role \"ann\" does not exist", statement) == "role \"ann\" does not exist");
  CHECK(masked("unterminated string at Wren77", statement) == "unterminated string at ***");
}

TEST_CASE("a password is told by SQL's own words, with blanks, comments or nothing between them") {
  for (const char* statement :
       {"ALTER ROLE r PASSWORD'Secr3t!x';", "ALTER ROLE r PASSWORD/**/'Secr3t!x'",
        "ALTER ROLE r PASSWORD -- c\n'Secr3t!x'", "ALTER ROLE r PASSWORD E'Secr3t!x'",
        "CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'x', password'Secr3t!x')",
        "ALTER ROLE r PASSWORD 'abc'\n  'Secr3t!x'", "ALTER ROLE r PASSWORD /* a */ -- b\n 'Secr3t!x'"}) {
    INFO(statement);
    CHECK(masked(statement).find("Secr3t") == Text::npos);
  }
  CHECK(masked("ALTER ROLE r PASSWORD 'a' VALID UNTIL 'infinity'") ==
        "ALTER ROLE r PASSWORD '***' VALID UNTIL 'infinity'");
  CHECK(masked("{\"password\": \"x y\"}, 'next'") == "{\"password\": \"***\"}, 'next'");
}

TEST_CASE("a password is found in statements that are put together", "[secret]") {
  for (const char* statement :
       {"DO $$ BEGIN EXECUTE format('ALTER ROLE r PASSWORD %L', 'Secr3t!x'); END $$",
        "DO $$ BEGIN EXECUTE format('ALTER ROLE r PASSWORD ''%s''', 'Secr3t!x'); END $$",
        "DO $$ BEGIN EXECUTE format('ALTER ROLE %I PASSWORD %2$L VALID UNTIL ''now''', 'a', 'b''Secr3t!x'); END $$",
        "DO 'BEGIN EXECUTE format(''ALTER ROLE r PASSWORD %L'', ''Secr3t!x''); END'",
        "DO $$ BEGIN EXECUTE 'ALTER ROLE r PASSWORD ''' || 'Secr3t!x' || ''''; END $$",
        "DO $$ BEGIN EXECUTE 'ALTER ROLE r PASSWORD '\n || quote_literal('Secr3t!x') || ' LOGIN'; END $$",
        "DO 'BEGIN EXECUTE ''ALTER ROLE r PASSWORD '' || quote_literal(''Secr3t!x''); END'",
        "DO $$ BEGIN EXECUTE concat('ALTER ROLE r PASSWORD ', quote_literal('Secr3t!x')); END $$",
        "DO $$ DECLARE p text := 'Secr3t!x'; BEGIN EXECUTE format('ALTER ROLE r PASSWORD %L', p); END $$",
        "DO $$ DECLARE p CONSTANT varchar(20) DEFAULT 'Secr3t!x'; BEGIN EXECUTE 'ALTER ROLE r PASSWORD ' ||"
        " quote_literal(p); END $$",
        "DO $$ DECLARE my_password text = 'Secr3t!x'; BEGIN PERFORM f(my_password); END $$",
        "DO $$ BEGIN EXECUTE replace('ALTER ROLE r PASSWORD ''@@''', '@@', 'Secr3t!x'); END $$",
        "DO $$ BEGIN EXECUTE replace('ALTER ROLE r PASSWORD @@', '@@', quote_literal('a')); PERFORM"
        " regexp_replace('PASSWORD @@', '@@' , E'Secr3t!x'); END $$",
        "DO $$ DECLARE s text := 'ALTER ROLE r PASSWORD ''<pw>'' LOGIN'; BEGIN EXECUTE replace(s, '<pw>', 'Secr3t!x');"
        " END $$",
        "DO 'BEGIN EXECUTE replace(''ALTER ROLE r PASSWORD :pw'', '':pw'', ''Secr3t!x''); END'",
        "SELECT dblink('host=h dbname=d password=Secr3t!x user=u', 'select 1')",
        "SELECT dblink_exec('c', 'ALTER ROLE r PASSWORD ' || quote_literal('Secr3t!x'))",
        "CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'x', password 'Secr3t!x')",
        "ALTER USER MAPPING FOR u SERVER s OPTIONS (SET password 'Secr3t!x')",
        "CREATE SUBSCRIPTION s CONNECTION 'host=h password=Secr3t!x dbname=d' PUBLICATION p",
        "CREATE SUBSCRIPTION s CONNECTION 'postgres://u:Secr3t!x@h/d' PUBLICATION p",
        "ALTER SUBSCRIPTION s CONNECTION 'postgres://h/d?passw%6frd=Secr3t!x'"}) {
    INFO(statement);
    INFO(masked(statement));
    CHECK(masked(statement).find("Secr3t") == Text::npos);
    CHECK(masked("syntax error at or near \"Secr3t!x\"", statement).find("Secr3t") == Text::npos);
  }
}

TEST_CASE("no password gets into a file's head, nor into the lines that a mistake is shown with", "[secret]") {
  CHECK(comment(comment_sign::sql, "Description", "as postgres://ann:Wren7@db/shop says") ==
        "-- Description: as postgres://ann:***@db/shop says\n");
  const Text sql = "ALTER ROLE ann PASSWORD\n  'Wren7' LOGIM;\nSELECT 1;\n";
  CHECK(shown_line(sql, sql.find("LOGIM")).empty());
  CHECK(shown_line(sql, sql.find("SELECT")) == "SELECT 1;");
  const Lines lines(sql);
  CHECK(lines.shown(2).empty());
  CHECK(lines.shown(3) == "SELECT 1;");
}

TEST_CASE("whatever holds a secret by its name is masked, in options, settings and the lines of YAML", "[secret]") {
  for (const char* name : {"password",
                           "token",
                           "auth_token",
                           "credential",
                           "credentials",
                           "auth",
                           "basic_auth",
                           "private-key",
                           "private_key",
                           "\"private-key\"",
                           "apikey",
                           "\"api-key\"",
                           "secret",
                           "secret_value",
                           "aws_secret_access_key",
                           "passcode",
                           "db_pass",
                           "U&\"pass\\0077ord\"",
                           "U&\"\\+000074oken\"",
                           "U&\"d!0061ta_tok!0065n\" UESCAPE '!'"}) {
    INFO(name);
    for (const char* action : {"", "ADD ", "SET "}) {
      const Text statement = concat("ALTER SERVER s OPTIONS (host 'h', ", action, name, " 'Wren7', port '1')");
      CHECK(masked(statement) == concat("ALTER SERVER s OPTIONS (host 'h', ", action, name, " '***', port '1')"));
    }
  }
  const std::pair<const char*, const char*> cases[] = {
      {"OPTIONS (conn 'host=h password=Wren7 user=a')", "OPTIONS (conn 'host=h password=*** user=a')"},
      {"OPTIONS (password_required 'false', token_url 'here')",
       "OPTIONS (password_required 'false', token_url 'here')"},
      {"EXECUTE format('CREATE SERVER s OPTIONS (secret %L)', 'Wren7')",
       "EXECUTE format('CREATE SERVER s OPTIONS (secret %L)', ***)"},
      {"EXECUTE 'ALTER SERVER s OPTIONS (SET token ''Wren7'')'",
       "EXECUTE 'ALTER SERVER s OPTIONS (SET token ''***'')'"},
      {"  password: Wren7", "  password: ***"},
      {"  private-key: 'Wren 7'", "  private-key: '***'"},
      {"- \"token\": \"Wren7", "- \"token\": \"***"},
      {"{ user: ann, apikey: Wren7, b: c }", "{ user: ann, apikey: ***, b: c }"},
      {"  password: text not null", "  password: text not null"},
      {"  token: { type: uuid }", "  token: { type: uuid }"},
      {"a.yaml:1:1: the token: it is none", "a.yaml:1:1: the token: it is none"},
      {"syntax error at token 5", "syntax error at token 5"},
      {"secretary = 'ann', tokenizer = 'x'", "secretary = 'ann', tokenizer = 'x'"},
  };
  for (const auto& [text, shown] : cases) CHECK(masked(text) == shown);
  CHECK(Lines("token: |\n  Wren7\nb: c\n").shown(2).empty());
}

TEST_CASE("a secret is told by more names, and by how it looks", "[secret]") {
  for (const char* text :
       {"ALTER ROLE ann PASSWORD \"Wren7xY\"",
        "CREATE USER ann LOGIN PASSWORD \"Wren7xY\"",
        "ALTER DATABASE shop SET app.jwt_secret TO 'Wren7xY'",
        "ALTER ROLE ann SET app.api_token TO 'Wren7xY', 'Wren7xY'",
        "alter role ann set \"app.api_token\" to Wren7xY",
        "alter system set app.token = 'Wren7xY'",
        "create function f() returns int language sql set app.jwt_secret to 'Wren7xY' as 'select 1'",
        "values ('DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Wren7xY;EndpointSuffix=c')",
        "select 'Password: Wren7xY'",
        "select 'user: ann, password: Wren7xY, host: h'",
        "'-----BEGIN RSA PRIVATE KEY-----\nWren7xY\nWren7xY\n-----END RSA PRIVATE KEY-----'",
        "'-----BEGIN PRIVATE KEY-----\nWren7xY",
        "copy x from program 'curl -H \"Authorization: Bearer Wren7xY\" h'",
        "copy x from program 'curl -H \"Authorization: Basic Wren7xY==\" h'",
        "copy x from program 'curl -u ann:Wren7xY https://h'",
        "'https://h/x?sv=2022&sig=Wren7xY%3D&se=1'",
        "options (pw 'Wren7xY', \"Authorization\" 'Bearer Wren7xY', servicekey 'Wren7xY', sas 'sig=Wren7xY')",
        "options (private 'Wren7xY', access_id 'Wren7xY', cookie 'Wren7xY', keytab 'Wren7xY', add session 'Wren7xY')",
        "options (pin 'Wren7xY', salt 'Wren7xY', \"x-session\" 'Wren7xY')",
        "key ghp_0123456789abcdeWren7xY"}) {
    INFO(text);
    INFO(masked(text));
    CHECK_FALSE(holds(masked(text), "Wren7xY"));
  }
  for (const char* text :
       {"options (keep_connections 'on', sslmode 'require', session_timeout '3', pinned 'a', access_method 'b')",
        "the bearer token is missing", "set session authorization 'ann_12'", "create schema authorization ann_12",
        "rename column token to token2", "where sig = 1 and a.sig=b.sig", "set local app.api_token to default",
        "checksum 0123456789abcdef", "set a = b, token to x"}) {
    CHECK(masked(text) == text);
  }
  const Text statement = "ALTER ROLE ann PASSWORD \"Wren7xY\"";
  CHECK(masked("syntax error at or near \"\"Wren7xY\"\"", statement) == "syntax error at or near \"\"***\"\"");
}
