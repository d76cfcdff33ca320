#include "commands/rule_examples.h"

#include <algorithm>

namespace quoin {
namespace {
constexpr std::string_view verify = "verify", validate = "validate --shadow off",
                           diff = "diff --from old.sql --to new.sql --shadow off",
                           diff_yaml = "diff --from old.sql --to new.yaml --shadow off",
                           yaml = "diff --from empty: --to app.yaml --shadow off", elsewhere{};

constexpr RuleExample of_migrations[] = {
    {"syntax", verify, "@ migrations/1_users.sql\nCREATE TABEL users (id bigint);\n"},
    {"missing", verify, "@ migrations/1_name.sql\nALTER TABLE users ADD COLUMN name text;\n"},
    {"created-later", verify,
     "@ migrations/1_orders.sql\nCREATE TABLE orders (customer bigint REFERENCES customers);\n"
     "@ migrations/2_customers.sql\nCREATE TABLE customers (id bigint PRIMARY KEY);\n"},
    {"dropped-before", verify,
     "@ migrations/1_users.sql\nCREATE TABLE users (id bigint);\n"
     "@ migrations/2_drop.sql\nDROP TABLE users;\n"
     "@ migrations/3_name.sql\nALTER TABLE users ADD COLUMN name text;\n"},
    {"renamed-before", verify,
     "@ migrations/1_users.sql\nCREATE TABLE users (id bigint);\n"
     "@ migrations/2_people.sql\nALTER TABLE users RENAME TO people;\n"
     "@ migrations/3_name.sql\nALTER TABLE users ADD COLUMN name text;\n"},
    {"duplicate", verify,
     "@ migrations/1_users.sql\nCREATE TABLE users (id bigint);\n"
     "@ migrations/2_users.sql\nCREATE TABLE users (id bigint, name text);\n"},
    {"needed-by", verify,
     "@ migrations/1_users.sql\nCREATE TABLE users (id bigint);\nCREATE VIEW everybody AS SELECT id FROM users;\n"
     "@ migrations/2_drop.sql\nDROP TABLE users;\n"},
    {"unknown", verify,
     "@ migrations/1_old.sql\nCREATE TABLE outdated (name text);\nDO $$ DECLARE t text; BEGIN\n  FOR t IN SELECT name "
     "FROM outdated "
     "LOOP\n    EXECUTE 'DROP TABLE ' || quote_ident(t);\n  END LOOP;\nEND $$;\n"},
    {"left-out", verify,
     "@ migrations/1_users.sql\nCREATE TABLE users (id bigint);\n"
     "@ migrations/add_name.sql\nALTER TABLE users ADD COLUMN name text;\n"},
    {"goes-up", verify,
     "@ migrations/V1__users.sql\nCREATE TABLE users (id bigint);\n"
     "@ migrations/U2__name.sql\nALTER TABLE users ADD COLUMN name text;\n"},
    {"odd-hash", elsewhere,
     "A line was added by hand below the head that `graphile-migrate commit` wrote.\n"
     "@ migrations/committed/000001.sql\n--! Previous: -\n--! Hash: sha1:2f1e0c…\n\nCREATE TABLE users (id bigint);\n"
     "CREATE TABLE added_by_hand (id bigint);\n"},
    {"obstacle", verify,
     "@ migrations/1_users.sql\n--liquibase formatted sql\n\n--changeset ann:1\n--preconditions onFail:HALT\n"
     "--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_roles WHERE rolname = 'app'\n"
     "CREATE TABLE users (id bigint);\n"},
    {"context", verify,
     "@ migrations/1_users.sql\n--liquibase formatted sql\n\n--changeset ann:1 context:test\n"
     "CREATE TABLE users (id bigint);\n"},
    {"odd-version", verify, "@ migrations/20241345120000_users.sql\nCREATE TABLE users (id bigint);\n"},
    {"empty", validate,
     "@ migrations/1_users.sql\nCREATE TABLE users (id bigint);\n@ migrations/2_later.sql\n-- to be written\n"},
    {"placeholder", verify, "@ migrations/1_users.sql\nCREATE TABLE ${schema}.users (id bigint);\n"},
    {"transaction", verify, "@ migrations/1_users.sql\nBEGIN;\nCREATE TABLE users (id bigint);\nCOMMIT;\n"},
    {"late", elsewhere,
     "The base branch has `3_orders.sql` already, and has been deployed, when this branch comes with another.\n"
     "@ migrations/2_name.sql\nALTER TABLE users ADD COLUMN name text;\n"},
    {"same-version", elsewhere,
     "The base branch has got `2_orders.sql` meanwhile.\n"
     "@ migrations/2_name.sql\nALTER TABLE users ADD COLUMN name text;\n"},
    {"both-make", elsewhere,
     "The base branch has got `2_tags.sql` meanwhile, which makes the table tags too.\n"
     "@ migrations/3_tags.sql\nCREATE TABLE IF NOT EXISTS tags (id bigint);\n"},
    {"both-change", elsewhere,
     "The base branch has got `2_price.sql` meanwhile, which replaces the same function.\n"
     "@ migrations/3_price.sql\nCREATE OR REPLACE FUNCTION price() RETURNS int RETURN 2;\n"},
    {"dropped-and-used", elsewhere,
     "The base branch has got `2_report.sql` meanwhile, whose view reads that column.\n"
     "@ migrations/3_drop.sql\nALTER TABLE users DROP COLUMN name;\n"},
    {"differs", "verify --against wanted.sql",
     "@ migrations/1_users.sql\nCREATE TABLE users (id bigint);\n"
     "@ wanted.sql\nCREATE TABLE users (id bigint, name text);\n"},
    {"down-leaves", verify,
     "@ migrations/1_users.sql\n-- Up Migration\nCREATE TABLE users (id bigint);\nCREATE TABLE tags (id bigint);\n\n"
     "-- Down Migration\nDROP TABLE users;\n"},
    {"unused-nolint", verify,
     "@ migrations/1_users.sql\n-- Up Migration\n-- quoin: nolint missing: made elsewhere\n"
     "CREATE TABLE users (id bigint);\n\n-- Down Migration\nDROP TABLE users;\n"},
    {"downs-left-out", elsewhere, "The folder has thousands of migrations with a down each.\n"},
    {"irreversible", verify,
     "@ migrations/1_users.sql\n-- Up Migration\nCREATE TABLE users (id bigint, name text);\n\n-- Down Migration\n"
     "DROP TABLE users;\n"
     "@ migrations/2_drop.sql\n-- Up Migration\nALTER TABLE users DROP COLUMN name;\n\n-- Down Migration\n"
     "ALTER TABLE users ADD COLUMN name text;\n"},
    {"no-down", verify,
     "@ migrations/1_users.sql\n-- Up Migration\nCREATE TABLE users (id bigint);\n\n-- Down Migration\n"
     "DROP TABLE users;\n"
     "@ migrations/2_tags.sql\n-- Up Migration\nCREATE TABLE tags (id bigint);\n\n-- Down Migration\nDROP TABLE tags;\n"
     "@ migrations/3_name.sql\n-- Up Migration\nALTER TABLE users ADD COLUMN name text;\n"},
    {"order", verify,
     "@ migrations/1_orders.sql\nCREATE TABLE orders (customer bigint REFERENCES customers);\n"
     "@ migrations/2_customers.sql\nCREATE TABLE customers (id bigint PRIMARY KEY);\n"},
    {"depends-on", verify, "@ migrations/1_users.sql\n-- quoin: depends-on 9\nCREATE TABLE users (id bigint);\n"},
    {"psql", validate, "@ migrations/1_users.sql\nCREATE TABLE users (id bigint);\n\\connect other\nSELECT 1;\n"},
    {"gap", validate,
     "@ migrations/1_users.sql\nCREATE TABLE users (id bigint);\n"
     "@ migrations/3_tags.sql\nCREATE TABLE tags (id bigint);\n"},
    {"changed", elsewhere,
     "`quoin migrate` has run this file; a column was added to it afterwards.\n"
     "@ migrations/1_users.sql\nCREATE TABLE users (id bigint, name text);\n"},
    {"missing-file", elsewhere,
     "The ledger says that version 2 is applied, and the folder has no file of that version.\n"},
    {"lost-row", elsewhere,
     "Somebody emptied the ledger; its log still says that `quoin migrate` has run this file.\n"
     "@ migrations/1_users.sql\nCREATE TABLE users (id bigint);\n"},
    {"failed", elsewhere,
     "The second statement found rows twice; the first one is done, since neither runs in a transaction.\n"
     "@ migrations/1_indexes.sql\n-- quoin: no-transaction\nCREATE INDEX CONCURRENTLY users_name ON users (name);\n"
     "CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email);\n"},
    {"out-of-order", elsewhere, "Version 3 is applied when a branch is merged that brings `2_name.sql`.\n"},
    {"trial", elsewhere,
     "The grammar takes it, and every name is there; the server refuses.\n"
     "@ migrations/1_users.sql\nCREATE TABLE users (id bigint DEFAULT 'one');\n"},
    {"untried", elsewhere,
     "The machine that looks has no PostGIS, and knows no role of that name.\n"
     "@ migrations/1_places.sql\nCREATE EXTENSION postgis;\nGRANT USAGE ON SCHEMA public TO reporting;\n"},
};

constexpr RuleExample of_databases[] = {
    {"server", elsewhere, "DATABASE_URL leads to a standby, which takes no changes.\n"},
    {"privilege", elsewhere,
     "The role that connects does not own the table.\n"
     "@ migrations/2_name.sql\nALTER TABLE users ADD COLUMN name text;\n"},
    {"ledger", elsewhere,
     "A file was changed after it had been applied, so that `quoin migrate` would refuse to run.\n"},
    {"blocked", elsewhere,
     "A report has read users in a transaction that is still open, so that nobody may alter it.\n"
     "@ migrations/2_name.sql\nALTER TABLE users ADD COLUMN name text;\n"},
    {"disk", elsewhere,
     "users has 80 GB, all of which is written anew.\n"
     "@ migrations/2_id.sql\nALTER TABLE users ALTER COLUMN id TYPE bigint;\n"},
    {"drift", elsewhere, "Somebody has said `CREATE TABLE users_backup …` in psql, which no migration says.\n"},
    {"invalid-index", elsewhere, "`CREATE UNIQUE INDEX CONCURRENTLY` found two rows that are equal.\n"},
    {"replication", elsewhere, "A replica is a minute behind, and 80 GB are about to be written.\n"},
    {"slot", elsewhere, "A subscriber was shut down for good, and its slot was left.\n"},
    {"long-transaction", elsewhere, "A psql session is `idle in transaction` since this morning.\n"},
    {"backup", elsewhere,
     "The script says that the last backup is of the day before yesterday.\n"
     "@ quoin.yaml\nbackup_check: scripts/last-backup\nbackup_max_age: 24 hours\n"},
    {"other-history", elsewhere,
     "The database has a table flyway_schema_history that names these files, and quoin has no ledger there.\n"},
    {"note", elsewhere,
     "@ migrations/2_old.sql\nDO $$ DECLARE t text; BEGIN\n  FOR t IN SELECT name FROM outdated "
     "LOOP\n    EXECUTE 'DROP TABLE ' || quote_ident(t);\n  END LOOP;\nEND $$;\n"},
};

constexpr RuleExample of_plans[] = {
    {"data-loss", diff,
     "@ old.sql\nCREATE TABLE users (id bigint, name text);\n@ new.sql\nCREATE TABLE users (id bigint);\n"},
    {"access", diff,
     "@ old.sql\nCREATE TABLE users (id bigint);\nGRANT SELECT ON users TO reader;\n"
     "@ new.sql\nCREATE TABLE users (id bigint);\n"},
    {"secret", diff,
     "@ old.sql\nCREATE FOREIGN DATA WRAPPER w;\nCREATE SERVER s FOREIGN DATA WRAPPER w;\n"
     "@ new.sql\nCREATE FOREIGN DATA WRAPPER w;\nCREATE SERVER s FOREIGN DATA WRAPPER w;\n"
     "CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (user 'ann', password 'hidden');\n"},
    {"settings", diff,
     "@ old.sql\nCREATE TABLE visits (at timestamp);\n@ new.sql\nCREATE TABLE visits (at timestamptz);\n"},
    {"rewrite", diff, "@ old.sql\nCREATE TABLE users (id int);\n@ new.sql\nCREATE TABLE users (id bigint);\n"},
    {"may-fail", diff,
     "@ old.sql\nCREATE TABLE users (name text);\n@ new.sql\nCREATE TABLE users (name text NOT NULL);\n"},
    {"body", diff_yaml,
     "@ old.sql\nCREATE TABLE users (id bigint);\nCREATE FUNCTION count_users() RETURNS bigint LANGUAGE sql\n"
     "  AS 'SELECT count(*) FROM public.users';\n"
     "@ new.yaml\nschema: public\ntables:\n  people: { renamed_from: users, columns: { id: bigint } }\n"
     "functions:\n  count_users():\n    returns: bigint\n    language: sql\n"
     "    body: SELECT count(*) FROM public.users\n"},
    {"stale", diff,
     "@ old.sql\nCREATE FUNCTION gross(net int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT net * 119 / 100';\n"
     "CREATE TABLE orders (net int, total int GENERATED ALWAYS AS (gross(net)) STORED);\n"
     "@ new.sql\nCREATE FUNCTION gross(net int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT net * 107 / 100';\n"
     "CREATE TABLE orders (net int, total int GENERATED ALWAYS AS (gross(net)) STORED);\n"},
};

constexpr RuleExample of_yaml[] = {
    {"yaml", yaml, "@ app.yaml\nschema: app\ntables:\n  users:\n columns: { id: bigint }\n"},
    {"yaml-bytes", elsewhere, "A comment in the file holds the byte 0x07, as some editors paste it.\n"},
    {"yaml-cut", yaml, "@ app.yaml\nschema: app\ntables:\n  users:\n    columns: { price: numeric(10,2) }\n"},
    {"yaml-sign", yaml, "@ app.yaml\nschema: app\ntables:\n  users:\n    columns: { id: &id bigint }\n"},
    {"yaml-comment", yaml,
     "@ app.yaml\nschema: app\ntables:\n  users:\n    columns:\n      mark: text default 'a' #'b'\n"},
    {"yaml-null", yaml, "@ app.yaml\nschema: app\ntables:\n  users:\n    columns:\n      id: ~\n"},
    {"yaml-key", yaml, "@ app.yaml\nschema: app\ntables:\n  users:\n    colums: { id: bigint }\n"},
    {"yaml-duplicate", yaml,
     "@ app.yaml\nschema: app\ntables:\n  users:\n    columns:\n      id: bigint\n      id: text\n"},
    {"yaml-value", yaml, "@ app.yaml\nschema: app\nsequences:\n  numbers: { increment: many }\n"},
    {"yaml-sql", yaml,
     "@ app.yaml\nschema: app\ntables:\n  users:\n    columns: { id: bigint }\n    checks: { positive: id > }\n"},
    {"config-key", verify,
     "@ quoin.yaml\nmigration: migrations\n@ migrations/1_users.sql\nCREATE TABLE users (id bigint);\n"},
    {"config-value", verify,
     "@ quoin.yaml\nenvironments:\n  production: { protected: perhaps }\n@ migrations/1_users.sql\nCREATE TABLE users "
     "(id bigint);\n"},
};

constexpr auto all = [] {
  std::array<RuleExample, std::size(of_migrations) + std::size(of_databases) + std::size(of_plans) + std::size(of_yaml)>
      examples;
  auto end = examples.begin();
  for (const std::span<const RuleExample> part :
       {std::span<const RuleExample>(of_migrations), std::span<const RuleExample>(of_databases),
        std::span<const RuleExample>(of_plans), std::span<const RuleExample>(of_yaml)})
    end = std::ranges::copy(part, end).out;
  return examples;
}();
constexpr bool has_example(std::string_view name) {
  return std::ranges::any_of(all, [&](const RuleExample& one) { return one.rule.text() == name; });
}
static_assert(std::ranges::all_of(rule_names, has_example));
}  // namespace

std::span<const RuleExample> rule_examples() { return all; }

}  // namespace quoin
