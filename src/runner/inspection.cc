#include "runner/inspection.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <set>

#include "runner/worker.h"

namespace quoin::runner {
namespace {

using postgres::Connection;
using postgres::Parameter;

void add(Findings& findings, Severity severity, RuleName rule, Text message) {
  Finding& finding = findings.emplace_back();
  finding.severity = severity;
  finding.rule = rule;
  finding.message = std::move(message);
}

/// A relation as the database has it.
struct Relation {
  Text id, name, owner, size;
  std::int64_t rows = 0, bytes = 0;
  bool is_owned = false;
};
// Asking for its size waits for who has locked the table, which is what is to be told; so the pages of statistics do.
std::optional<Relation> relation_of(Connection& connection, const Text& name) {
  const auto rows = connection.query(
      "SELECT c.oid, c.oid::pg_catalog.regclass::pg_catalog.text, pg_catalog.pg_get_userbyid(c.relowner),"
      " greatest(c.reltuples, 0)::bigint, z.bytes, pg_catalog.pg_size_pretty(z.bytes),"
      " pg_catalog.pg_has_role(c.relowner, 'USAGE') FROM pg_catalog.pg_class c CROSS JOIN LATERAL (SELECT CASE WHEN"
      " EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.relation OPERATOR(pg_catalog.=) c.oid"
      " AND l.mode OPERATOR(pg_catalog.=) 'AccessExclusiveLock')"
      " THEN c.relpages::bigint OPERATOR(pg_catalog.*) pg_catalog.current_setting('block_size')::bigint"
      " ELSE pg_catalog.pg_total_relation_size(c.oid) END) AS z (bytes)"
      " WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)",
      std::vector<Parameter>{name});
  if (rows.rows() == 0) return std::nullopt;
  return Relation{rows.text(0, 0),
                  rows.text(0, 1),
                  rows.text(0, 2),
                  rows.text(0, 5),
                  std::stoll(rows.text(0, 3)),
                  std::stoll(rows.text(0, 4)),
                  rows.text(0, 6) == "t"};
}

bool says_yes(Connection& connection, const Text& sql, const std::vector<Parameter>& values) {
  const auto rows = connection.query(sql, values);
  return rows.rows() > 0 && rows.text(0, 0) == "t";
}

/// Bytes free where the server's data lies; no value: that is elsewhere, or cannot be seen.
std::optional<std::int64_t> free_bytes(Connection& connection) {
  try {
    const auto told = connection.execute(
        "SELECT pg_catalog.current_setting('data_directory'), pg_catalog.inet_server_addr() IS NULL");
    struct statvfs room {};
    if (told.text(0, 1) != "t" || statvfs(told.text(0, 0).c_str(), &room) != 0) return std::nullopt;
    return static_cast<std::int64_t>(room.f_bavail * room.f_frsize);
  } catch (const Error& error) {
    if (error.sqlstate != "42501") throw;
    return std::nullopt;
  }
}

/// Looks at each relation and schema once.
class Inspector {
 public:
  Inspector(Connection& connection, Findings& findings) : connection_(connection), findings_(findings) {}

  void look(const Requirement& touching) {
    switch (touching.need) {
      case Need::creating:
        return look_at_schema(touching);
      case Need::schemas:
        if (!asked_.insert("database").second) return;
        if (!says_yes(connection_, "SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')",
                      {}))
          lacks(touching, concat("CREATE on the database ", connection_.database()));
        return;
      default:
        return look_at_relation(touching);
    }
  }

 private:
  Connection& connection_;
  Findings& findings_;
  std::set<Text> asked_;

  void say(const Requirement& touching, Severity severity, RuleName rule, Text message) {
    add(findings_, severity, rule, std::move(message));
    findings_.back().place = touching.place;
  }

  void lacks(const Requirement& touching, const Text& what) {
    say(touching, Severity::error, "privilege",
        concat(touching.doing, " needs ", what, ", which ", connection_.user(), " has not"));
    findings_.back().hint = "connect as the owner, or have it granted";
  }

  void look_at_schema(const Requirement& touching) {
    if (!asked_.insert(concat("schema ", touching.name)).second) return;
    const Text schema = touching.name.empty() ? connection_.execute("SELECT pg_catalog.current_schema()").text(0, 0)
                                              : unquote_ident(touching.name);
    if (schema.empty())
      return say(touching, Severity::error, "privilege",
                 concat(touching.doing, " names no schema, and none of the search path is there"));
    const auto there = connection_.query(
        "SELECT pg_catalog.has_schema_privilege(oid, 'CREATE') FROM pg_catalog.pg_namespace"
        " WHERE nspname::pg_catalog.text OPERATOR(pg_catalog.=) $1",
        std::vector<Parameter>{schema});
    if (there.rows() > 0 && there.text(0, 0) != "t") lacks(touching, concat("CREATE on schema ", schema));
  }

  void look_at_relation(const Requirement& touching) {
    const std::optional<Relation> relation = relation_of(connection_, touching.name);
    if (!relation) return;  // the run makes it first, or verify tells
    const bool is_writing = touching.need == Need::writing;
    if (asked_.insert(concat(relation->id, touching.rights, std::to_string(static_cast<int>(touching.need)))).second)
      look_at_rights(touching, *relation);
    if (!is_writing && asked_.insert(concat("locks ", relation->id)).second) look_at_locks(touching, *relation);
    if (touching.rewrites && asked_.insert(concat("size ", relation->id)).second) look_at_size(touching, *relation);
  }

  void look_at_rights(const Requirement& touching, const Relation& relation) {
    if (touching.need == Need::owner) {
      if (!relation.is_owned) lacks(touching, concat("to own ", relation.name, " (", relation.owner, " does)"));
      return;
    }
    const Text right = touching.need == Need::trigger ? Text("trigger") : touching.rights;
    if (!says_yes(connection_, "SELECT pg_catalog.has_table_privilege($1::pg_catalog.oid, $2)", {relation.id, right}))
      lacks(touching, concat(right, " on ", relation.name));
  }

  void look_at_locks(const Requirement& touching, const Relation& relation) {
    const Text holds = concat("l.relation OPERATOR(pg_catalog.=) ", relation.id,
                              "::pg_catalog.oid AND l.database OPERATOR(pg_catalog.=) (SELECT oid FROM"
                              " pg_catalog.pg_database WHERE datname OPERATOR(pg_catalog.=)"
                              " pg_catalog.current_database())");
    const auto held = connection_.execute(
        concat("SELECT pg_catalog.count(DISTINCT l.pid) FROM pg_catalog.pg_locks l WHERE l.granted AND"
               " NOT l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid() AND ",
               holds));
    if (held.text(0, 0) == "0") return;
    say(touching, Severity::warning, "blocked",
        concat(touching.doing, " would wait: ", relation.name, " is locked by ", describe_session(connection_, holds)));
    findings_.back().hint =
        "wait for it to end, or end it; everybody who comes later waits behind this: --lock-timeout 5s bounds that";
  }

  void look_at_size(const Requirement& touching, const Relation& relation) {
    const std::optional<std::int64_t> room = free_bytes(connection_);
    const bool is_short = room && *room < relation.bytes;
    constexpr std::int64_t large = std::int64_t(1) << 30;
    const Severity severity = is_short ? Severity::error : relation.bytes >= large ? Severity::warning : Severity::note;
    say(touching, severity, "disk",
        concat(touching.doing, " reads or writes all of ", relation.name, ": ", relation.size, ", about ",
               std::to_string(relation.rows), " rows",
               is_short
                   ? concat("; only ", std::to_string(*room / (1 << 20)), " MB are free where the server's data lies")
                   : Text()));
  }
};

void find_long_transactions(Connection& connection, Findings& findings) {
  const auto rows = connection.execute(
      "SELECT a.pid, a.usename, a.application_name, pg_catalog.date_trunc('second', pg_catalog.now()"
      " OPERATOR(pg_catalog.-) a.xact_start) FROM pg_catalog.pg_stat_activity a"
      " WHERE a.datname OPERATOR(pg_catalog.=) pg_catalog.current_database() AND NOT a.pid OPERATOR(pg_catalog.=)"
      " pg_catalog.pg_backend_pid() AND a.xact_start OPERATOR(pg_catalog.<) (pg_catalog.now() OPERATOR(pg_catalog.-)"
      " '5 min'::pg_catalog.interval) ORDER BY a.xact_start LIMIT 5");
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    add(findings, Severity::warning, "long-transaction",
        concat("process ", rows.text(row, 0), " of ", rows.text(row, 1), " (", rows.text(row, 2),
               ") has been in a transaction for ", rows.text(row, 3)));
    findings.back().hint =
        concat("CREATE INDEX CONCURRENTLY waits for it; end it: SELECT pg_catalog.pg_terminate_backend(",
               rows.text(row, 0), ")");
  }
}

void find_invalid_indexes(Connection& connection, Findings& findings) {
  const auto rows = connection.execute(
      "SELECT i.indexrelid::pg_catalog.regclass FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c"
      " ON c.oid OPERATOR(pg_catalog.=) i.indexrelid WHERE NOT i.indisvalid"
      " AND NOT c.relkind::pg_catalog.text OPERATOR(pg_catalog.=) 'I'"
      " AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid"
      " OPERATOR(pg_catalog.=) i.indexrelid) ORDER BY 1");
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    add(findings, Severity::warning, "invalid-index",
        concat("index ", rows.text(row, 0), " is invalid: no query uses it, and every write keeps it up"));
    findings.back().hint = concat("REINDEX INDEX CONCURRENTLY ", rows.text(row, 0), ", or drop it");
  }
}

void find_lag(Connection& connection, Findings& findings) {
  const auto replicas = connection.execute(
      "SELECT application_name, pg_catalog.pg_size_pretty(pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(),"
      " replay_lsn)) FROM pg_catalog.pg_stat_replication WHERE pg_catalog.pg_wal_lsn_diff("
      "pg_catalog.pg_current_wal_lsn(), replay_lsn) OPERATOR(pg_catalog.>) 67108864 ORDER BY 1");
  for (std::size_t row = 0; row < replicas.rows(); ++row)
    add(findings, Severity::warning, "replication",
        concat("the replica ", replicas.text(row, 0), " is ", replicas.text(row, 1), " behind"));
  const auto slots = connection.execute(
      "SELECT slot_name, pg_catalog.pg_size_pretty(pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(),"
      " restart_lsn)) FROM pg_catalog.pg_replication_slots WHERE NOT active AND restart_lsn IS NOT NULL ORDER BY 1");
  for (std::size_t row = 0; row < slots.rows(); ++row) {
    add(findings, Severity::warning, "slot",
        concat("the replication slot ", slots.text(row, 0), " is used by nobody and keeps ", slots.text(row, 1),
               " of WAL"));
    findings.back().hint = "see whether its reader comes back, or drop it, before much is written";
  }
}

}  // namespace

void inspect_server(Connection& connection, Findings& findings) {
  constexpr int oldest = 12;
  if (connection.major() < oldest)
    add(findings, Severity::error, "server",
        concat("the server is PostgreSQL ", std::to_string(connection.major()), ", and quoin knows 12 and later"));
  if (says_yes(connection, "SELECT pg_catalog.pg_is_in_recovery()", {})) {
    add(findings, Severity::error, "server", "the server is a standby, which takes no changes");
    findings.back().hint = "connect to the primary";
  } else if (says_yes(connection,
                      "SELECT pg_catalog.current_setting('transaction_read_only') OPERATOR(pg_catalog.=) 'on'", {})) {
    add(findings, Severity::error, "server", "sessions of this role and database only read");
    findings.back().hint =
        "reset default_transaction_read_only of the role or the database; or, for once, PGOPTIONS='-c"
        " default_transaction_read_only=off'";
  }
}

void inspect_requirements(Connection& connection, const std::vector<Requirement>& touched, Findings& findings) {
  Inspector inspector(connection, findings);
  for (const Requirement& touching : touched) inspector.look(touching);
}

void inspect_health(Connection& connection, Findings& findings) {
  find_long_transactions(connection, findings);
  find_invalid_indexes(connection, findings);
  if (!says_yes(connection, "SELECT pg_catalog.pg_is_in_recovery()", {})) find_lag(connection, findings);
}

}  // namespace quoin::runner
