#include "runner/emptying.h"

#include <algorithm>

#include "runner/waiting.h"
#include "runner/work.h"

namespace quoin::runner {
namespace {

using postgres::Connection;
using postgres::Parameter;

/// So many that their locks, and those of what goes with each, have room in a server as it comes.
constexpr int at_once = 200;

Text literals(const List& values) {
  List quoted;
  for (const Text& value : values) quoted.push_back(quote_literal(value));
  return concat("ARRAY[", join(quoted, ", "), "]::pg_catalog.text[]");
}

/// Of pg_namespace n: whether it goes, or is emptied.
Text is_meant(const Emptied& extent) {
  Text condition =
      "NOT n.nspname::pg_catalog.text OPERATOR(pg_catalog.~) '^pg_' AND n.nspname::pg_catalog.text"
      " OPERATOR(pg_catalog.<>) 'information_schema' AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE"
      " e.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass AND e.objid"
      " OPERATOR(pg_catalog.=) n.oid AND e.deptype::pg_catalog.text OPERATOR(pg_catalog.=) 'e')";
  if (!extent.schemas.empty())
    condition += concat(" AND n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) ANY (", literals(extent.schemas), ")");
  if (!extent.spared.empty())
    condition +=
        concat(" AND NOT n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) ANY (", literals(extent.spared), ")");
  return condition;
}

/// Of pg_depend d: whether it says that an object lies in a schema, stands by itself, and is none of the ledger's.
Text is_member(const Ledger& ledger) {
  List own;
  for (const Text& table : ledger.tables())
    own.push_back(concat("coalesce(pg_catalog.to_regclass(", quote_literal(table), ")::pg_catalog.oid, 0)"));
  const Text own_tables = concat("(", join(own, ", "), ")");
  return concat(
      "d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass"
      " AND d.deptype::pg_catalog.text OPERATOR(pg_catalog.=) 'n' AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend o"
      " WHERE o.classid OPERATOR(pg_catalog.=) d.classid AND o.objid OPERATOR(pg_catalog.=) d.objid AND"
      " o.objsubid OPERATOR(pg_catalog.=) 0 AND (o.deptype::pg_catalog.text OPERATOR(pg_catalog.=)"
      " ANY (ARRAY['i', 'e']) OR (o.deptype::pg_catalog.text OPERATOR(pg_catalog.=) 'a' AND o.refclassid"
      " OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass AND o.refobjid IN ",
      own_tables,
      "))) AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid IN ",
      own_tables, ")");
}

struct Doomed {
  Text type, name;
  /// An aggregate without arguments has none in its name, which only DROP ROUTINE takes.
  Text drop() const {
    const bool is_routine = type == "function" || type == "procedure" || type == "aggregate";
    const Text word = is_routine ? Text("routine") : type == "statistics object" ? Text("statistics") : type;
    return concat("DROP ", word, " IF EXISTS ", name, " CASCADE");
  }
};

std::vector<Doomed> rows_of(const postgres::Result& rows) {
  std::vector<Doomed> all;
  for (std::size_t row = 0; row < rows.rows(); ++row) all.push_back({rows.text(row, 0), rows.text(row, 1)});
  return all;
}

std::vector<Doomed> next_members(Connection& connection, const Ledger& ledger, const Emptied& extent) {
  return rows_of(connection.execute(
      concat("SELECT i.type, i.identity FROM (SELECT d.classid, d.objid FROM pg_catalog.pg_depend d"
             " JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) d.refobjid WHERE ",
             is_meant(extent), " AND ", is_member(ledger), " ORDER BY d.objid LIMIT ", std::to_string(at_once),
             ") m, pg_catalog.pg_identify_object(m.classid, m.objid, 0) i")));
}

/// What lies in no schema: not where only some schemas were asked for.
std::vector<Doomed> database_wide(Connection& connection, const Emptied& extent) {
  if (!extent.schemas.empty()) return {};
  const auto of = [](std::string_view type, std::string_view catalog, std::string_view column) {
    return concat("SELECT ", quote_literal(Text(type)), ", pg_catalog.quote_ident(x.", column, ") FROM pg_catalog.",
                  catalog,
                  " x WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid OPERATOR(pg_catalog.=)"
                  " 'pg_catalog.",
                  catalog,
                  "'::pg_catalog.regclass AND e.objid OPERATOR(pg_catalog.=) x.oid"
                  " AND e.deptype::pg_catalog.text OPERATOR(pg_catalog.=) 'e')");
  };
  return rows_of(connection.execute(concat(of("event trigger", "pg_event_trigger", "evtname"), " UNION ALL ",
                                           of("publication", "pg_publication", "pubname"), " UNION ALL ",
                                           of("foreign data wrapper", "pg_foreign_data_wrapper", "fdwname"))));
}

/// Schemas that go with what lay in them.
std::vector<Doomed> schemas_of(Connection& connection, const Ledger& ledger, const Emptied& extent) {
  std::vector<Doomed> all = rows_of(connection.execute(
      concat("SELECT 'schema', pg_catalog.quote_ident(n.nspname) FROM pg_catalog.pg_namespace n WHERE ",
             is_meant(extent), " AND NOT n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) 'public'",
             ledger.exists(connection)
                 ? concat(" AND NOT n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) ", quote_literal(ledger.schema()))
                 : Text(),
             " ORDER BY 2")));
  return all;
}

void drop_all(Session& session, const std::vector<Doomed>& doomed) {
  session.connection.execute("BEGIN");
  try {
    for (const Doomed& one : doomed) {
      require_going_on(session.stop);
      session.voice.detail(concat("  ", one.drop()));
      session.connection.execute(one.drop());
    }
    session.connection.execute("COMMIT");
  } catch (...) {
    roll_back(session.connection);
    throw;
  }
}

}  // namespace

List contents_of(Connection& connection, const Ledger& ledger, const Emptied& extent) {
  const auto rows = connection.execute(concat(
      "SELECT n.nspname, pg_catalog.count(d.objid) FROM pg_catalog.pg_namespace n LEFT JOIN pg_catalog.pg_depend d"
      " ON d.refobjid OPERATOR(pg_catalog.=) n.oid AND ",
      is_member(ledger), " WHERE ", is_meant(extent), " GROUP BY n.nspname ORDER BY n.nspname"));
  List all;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const Text schema = rows.text(row, 0), count = rows.text(row, 1);
    const bool stays = schema == "public" || schema == ledger.schema();
    if (count == "0" && stays) continue;
    all.push_back(
        concat(stays ? "all in schema " : "schema ", schema, " (", count, count == "1" ? " object)" : " objects)"));
  }
  for (const Doomed& one : database_wide(connection, extent)) all.push_back(concat(one.type, " ", one.name));
  return all;
}

std::size_t forget_all(Session& session) {
  Connection& connection = session.connection;
  std::size_t count = 0;
  connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
  try {
    session.ledger.hold(connection);
    for (const Entry& entry : session.ledger.read(connection)) {
      if (!session.ledger.remove(connection, entry))
        throw Error(Code::refused, concat("another runner has changed the row of ", entry.label(), " meanwhile"), {},
                    "nothing was forgotten; look at quoin status, then say it again");
      session.ledger.log(connection,
                         {entry.version, entry.name, "reset", concat("forgotten; was ", to_string(entry.status))});
      ++count;
    }
    connection.execute("COMMIT");
  } catch (...) {
    roll_back(connection);
    throw;
  }
  return count;
}

std::size_t drop_contents(Session& session, const Emptied& extent) {
  std::size_t count = 0;
  const auto drop = [&](const std::vector<Doomed>& doomed) {
    if (!doomed.empty()) drop_all(session, doomed);
    count += doomed.size();
    return !doomed.empty();
  };
  drop(database_wide(session.connection, extent));
  while (drop(next_members(session.connection, session.ledger, extent))) {}
  drop(schemas_of(session.connection, session.ledger, extent));
  return count;
}

}  // namespace quoin::runner
