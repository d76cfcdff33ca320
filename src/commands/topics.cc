#include "commands/topics.h"

#include "core/base/rules.h"
#include "parser/migrations/migration.h"
#include "project/config.h"
#include "project/hooks.h"

namespace quoin {
namespace {
Topic settings_topic() {
  Topic topic{"settings",
              "Settings",
              "Keys of quoin.yaml, all of which may be left out. Paths are seen from the file's own folder.",
              {}};
  for (const SettingDoc& setting : setting_docs()) topic.rows.emplace_back(setting.key, setting.doc);
  return topic;
}

Topic directives_topic() {
  Topic topic{"directives", "Directives", "Comments in a migration file, as in `-- quoin: no-transaction`.", {}};
  for (const DirectiveDoc& directive : directive_docs())
    topic.rows.emplace_back(concat(directive.name, directive.argument.empty() ? "" : " ", directive.argument),
                            directive.doc);
  return topic;
}

Topic hooks_topic() {
  return {
      "hooks", "Hooks",
      "What `hooks:` in quoin.yaml names runs around migrate, rollback and redo, where there is something to do; not"
      " with --dry-run. What ends with .sql is a file, seen from quoin.yaml, and runs in the run's own session;"
      " anything else is a command of /bin/sh, run in that folder. Commands find the variables below, and the"
      " database, password included, as DATABASE_URL and PGHOST, PGDATABASE and so on, never as an argument: `pg_dump"
      " -Fc -f before.dump` needs no more. SQL finds the same values as settings, as quoin.version."
      " SQL of before_each is of the migration's transaction, which it cannot end; commands run before that begins."
      " A command has failed that ends with another exit code than 0, by a signal, or after hooks.timeout. Where a"
      " before_… hook has failed, quoin ends with exit code 3, or 2 where it was the server that refused its SQL; where"
      " another has, that is a warning, and quoin's exit code is that of the run.",
      hook_variable_docs()};
}

Topic sources_topic() {
  return {"sources",
          "Sources",
          "Where a command takes a SOURCE, it reads a schema from one of these.",
          {{"postgresql://…, postgres://…", "a live database; PGHOST… and .pgpass work as everywhere"},
           {"x.yaml, a folder of YAML", "a desired schema"},
           {"x.sql", "DDL, read without a server"},
           {"a folder of SQL", "migrations in their order, read without a server"},
           {"db:, yaml:, sql:, migrations:", "before any of these: the same, said outright"},
           {"empty:", "a database as it is when made: schema public with its comment, and plpgsql"}}};
}

Topic environment_topic() {
  return {
      "environment",
      "Environment variables",
      "The database is --database, else that of the environment that --env names, else DATABASE_URL, else that of"
      " quoin.yaml's development, else DATABASE_HOST, else what libpq's own variables name. --env-file, or .env in the"
      " working folder, counts where none of these variables is set, before quoin.yaml's development. Of its values"
      " DATABASE_… and those of libpq's options are used, and what quoin.yaml names as ${NAME}; no other program gets"
      " them.",
      {{"DATABASE_URL", "the database"},
       {"DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_USERNAME, DATABASE_PASSWORD, DATABASE_SSL_ENABLED",
        "the same in parts; without DATABASE_HOST they mean nothing. DATABASE_SSL_ENABLED is true, false or an "
        "sslmode"},
       {"PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD, PGSERVICE, PGPASSFILE…", "libpq's own, as everywhere"},
       {"PGCONNECT_TIMEOUT", "seconds to wait for a connection (default: 10)"},
       {"NO_COLOR", "set to anything: no color"},
       {"TMPDIR", "where the shadow server's folder lies (default: /tmp; not used when quoin runs as root)"},
       {"XDG_CACHE_HOME", "where the shadow server's template is kept (default: ~/.cache; /var/cache for root)"},
       {"PATH", "where server programs are looked for, besides /usr/lib/postgresql/*/bin"}}};
}

Topic codes_topic() {
  return {"exit-codes",
          "Exit codes",
          "Results go to stdout, everything else to stderr.",
          {{"0", "done"},
           {"1", "errors were found, or differences where they were asked for"},
           {"2", "failed: input that cannot be used, or the database refused"},
           {"3", "not done, for safety: a changed file, a lock that is held, a loss that was not allowed"},
           {"64", "wrong usage"}}};
}

Rows json_of_the_ledger() {
  return {
      {"status",
       "{database, version, running: who, at_work: [version], applied: [version], pending, failed, changed, missing, "
       "lost (the log says that it was applied, and its row is gone), replaced (by a baseline that cannot be taken "
       "over), "
       "errors: {version: text}, refuses: why migrate would run nothing, other_histories: [text]}; what failed and "
       "left "
       "nothing is pending too"},
      {"list",
       "{migrations: [{version, name, description, state, file, reversible, applied_at (null: it was marked "
       "as applied afterwards, at applied_before), applied_before, applied_by, execution_ms, error}]}"},
      {"repair",
       "{repaired: version, name, what}; without VERSION: {repaired (--dry-run: would_repair): [{version, what}], "
       "open: [{version, what, way}]}; --log: {log: table}"},
      {"sync", "{ran (--dry-run: would_run): the steps, as up of diff has them}"},
      {"reset", "{reset (--dry-run: would_reset): [text]}"},
      {"drop", "{dropped: the database, null where there was none}"},
      {"redo", "{redone (--dry-run: would_redo): [{version, name}]; where it fails also undone, failed: the same}"},
      {"baseline", "{taken (--dry-run: would_take): [{version, name}]}"},
      {"squash",
       "{wrote (--dry-run: would_write), replaces: [file], migrations: for how many it stands, rows_as_data: why, or "
       "null where statements bring them,"
       " not_compared: [column], removed}"},
      {"preflight",
       "{database, server_version, pending: how many (null: the ledger cannot be read), findings: [{severity, rule, "
       "message, place, object, hint, file, line}]}"},
      {"log",
       "{log: [{at, by, action, version, name, detail}]}; action: migrate, rollback, force, sync, repair, adopt, "
       "baseline, reset, failure (of a migrate), failure of ACTION, begin (of what commits as it goes)"},
      {"version", "{database, version, name}: the highest that is applied, or null"},
      {"adopt",
       "{tool, ledger, adopted (--dry-run: would_adopt): [{version, name}], missing: [label], beyond: [label], "
       "differences: [text], pending: how many}; tool, ledger: null where quoin's own ledger is there and no other's;"
       " --targets: {targets: [{target, and the same, or error: {error, sqlstate, place, detail, hint}}]}"},
      {"create, init", "{wrote: [path…]}"},
      {"graph", "{nodes: […], edges: […]}"},
      {"help",
       "{options, commands, subjects}; of one: {command} or {subject}; of yaml: {subject: {kinds: [{key, text, "
       "keys}]}}"},
      {"--version", "{version, grammar: the PostgreSQL whose SQL is read, servers: [oldest, newest]}"}};
}

Topic json_topic() {
  Topic topic{
      "json",
      "JSON",
      "With --json every command writes one document to stdout, and at most one to stderr: an error, or what would be"
      " remarked there. New keys may come; those that are there keep their meaning. A version is the same string"
      " everywhere.",
      {{"any error",
        "{error: {message, place: {file, line, column}, hint, sqlstate, detail, exit_code}, findings, remarks: "
        "[text]}"},
       {"what else is remarked", "{findings, remarks: [text]}"},
       {"verify, validate",
        "{findings: [{severity, rule, message, place, object, hint}]}; verify, where migrations are out of order: "
        "order: "
        "{works, moves: [{file, migration, after (before: where it is to be the first), why: [text]}]}; --fix: "
        "renamed: [{from, to}]"},
       {"why", "{object, there, touches: [{what, parts, place}], stands_on, needed_by}"},
       {"diff",
        "{from, to, outcome, why, server_version, tables_with_rows: […], tables_without_rows: […], left_out: […], up: "
        "[{sql, object, action, changes: [{field, from, to}], makes: [object], needs, drops, lock: {mode, on: "
        "[object]}, "
        "hazards: [{rule, text}]}], down: […], notes: […], wrote: path}"},
       {"snapshot",
        "{wrote: [path…]}; --check: {up_to_date, stale: [{path, what}]}; to stdout: the schema, as --format json"},
       {"migrate",
        "{applied: [{version, name, file, execution_ms}]}, where some fail also failed: [{version, name, error}], "
        "held_back; --dry-run: {would_run: [{version, name, file, hazards: "
        "[{rule, text, place}]}]}; --targets: as status --targets"},
       {"rollback",
        "{undone: [{version, name}]}, where it fails also failed: the same; --dry-run: {would_undo: [{version, name, "
        "hazards}]}; --list: {undoable: [{version, name, down: its SQL, from: the file, or the ledger; both null where"
        " nobody knows it}]}"},
       {"status --targets",
        "{targets: [{target, database, schema, state: up to date, behind, refused (no run would begin), migrated, "
        "failed or"
        " not begun, version, "
        "pending:"
        " [version], ran: how many, execution_ms, trouble, error: {error, sqlstate, place, detail, hint}, drift"
        " (--drift; null: none): {extra: [object], lost: [object], unknown: why}}], summary: {targets, state: how "
        "many}}"},
       {"--log-format json",
        "to stderr, a line an event: {time, level, event: run started, migration started, finished, failed or skipped, "
        "run"
        " finished, remark, finding or error, command, database, direction, version, name, description, file, status,"
        " duration_ms, reason, error, sqlstate, place, detail, hint, pending, succeeded, failed, skipped}"}}};
  std::ranges::move(json_of_the_ledger(), std::back_inserter(topic.rows));
  return topic;
}

Topic rules_topic() {
  Topic topic{
      "rules", "Rules", "What findings and hazards are called. `quoin help RULE` says what to do about one.", {}};
  for (const Rule& rule : rules()) topic.rows.emplace_back(rule.name, rule.meaning);
  return topic;
}

}  // namespace

std::vector<Topic> topics() {
  return {sources_topic(),     settings_topic(), directives_topic(), hooks_topic(),
          environment_topic(), codes_topic(),    json_topic(),       rules_topic()};
}

const std::string_view yaml_head =
    "A document begins with `schema: NAME`; what lies in that schema stands below its keys. What may stand alone is the"
    " value itself, where nothing else is said of the thing.";

}  // namespace quoin
