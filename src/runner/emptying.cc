#include "runner/emptying.h"

#include <algorithm>
#include <span>

#include "runner/lost_rows.h"
#include "runner/waiting.h"
#include "runner/work.h"

namespace quoin::runner {
namespace {

using postgres::Connection;

/// The number of objects whose locks, with those of their dependent objects, a server's lock table holds by default.
constexpr int at_once = 200;

Text literals(const List& values) {
  List quoted;
  for (const Text& value : values) quoted.push_back(quote_literal(value));
  return concat("ARRAY[", join(quoted, ", "), "]::pg_catalog.text[]");
}

/// SQL over pg_namespace n: true if the schema is dropped or emptied.
Text is_meant(const EmptyingExtent& extent) {
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

/// SQL: true if the object of this classid and objid stays.
Text is_kept(const EmptyingExtent& extent, std::string_view object) {
  if (extent.kept.empty()) return "false";
  return concat("(pg_catalog.pg_identify_object(", object, ", 0)).identity OPERATOR(pg_catalog.=) ANY (",
                literals(extent.kept), ")");
}

/// SQL: true for a constraint, trigger or default of an object that stays.
Text is_of_kept(const EmptyingExtent& extent, std::string_view object) {
  if (extent.kept.empty()) return "false";
  return concat(
      "EXISTS (SELECT FROM pg_catalog.unnest(", literals(extent.kept), ") k (name), pg_catalog.pg_identify_object(",
      object,
      ", 0) i WHERE i.identity OPERATOR(pg_catalog.=) k.name OR pg_catalog.right(i.identity,"
      " pg_catalog.length(k.name) OPERATOR(pg_catalog.+) 4) OPERATOR(pg_catalog.=) (' on ' OPERATOR(pg_catalog.||)"
      " k.name) OR pg_catalog.left(i.identity, pg_catalog.length(k.name) OPERATOR(pg_catalog.+) 5)"
      " OPERATOR(pg_catalog.=) ('for ' OPERATOR(pg_catalog.||) k.name OPERATOR(pg_catalog.||) '.'))");
}

/// Of pg_depend d: whether it says that an object lies in a schema, stands by itself, and is neither the ledger's nor
/// one that stays.
Text is_member(const Ledger& ledger, const EmptyingExtent& extent) {
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
      own_tables, ") AND NOT ", is_kept(extent, "d.classid, d.objid"));
}

struct DropTarget {
  Text type, name;
  /// An aggregate without arguments has none in its name, which only DROP ROUTINE takes.
  Text drop() const {
    const bool is_routine = type == "function" || type == "procedure" || type == "aggregate";
    const Text word = is_routine ? Text("routine") : type == "statistics object" ? Text("statistics") : type;
    return concat("DROP ", word, " IF EXISTS ", name, word == "schema" ? "" : " CASCADE");
  }
};

std::vector<DropTarget> rows_of(const postgres::Result& rows) {
  std::vector<DropTarget> all;
  for (std::size_t row = 0; row < rows.rows(); ++row) all.push_back({rows.text(row, 0), rows.text(row, 1)});
  return all;
}

/// (classid, objid) of what stands by itself in the schemas, each as VALUES has it.
List members_of(Connection& connection, const Ledger& ledger, const EmptyingExtent& extent) {
  const auto rows = connection.execute(
      concat("SELECT DISTINCT d.classid, d.objid FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_namespace n ON n.oid"
             " OPERATOR(pg_catalog.=) d.refobjid WHERE ",
             is_meant(extent), " AND ", is_member(ledger, extent), " ORDER BY d.objid, d.classid"));
  List all;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    all.push_back(concat("(", rows.text(row, 0), "::pg_catalog.oid, ", rows.text(row, 1), "::pg_catalog.oid)"));
  return all;
}

/// The objects that still exist, by their present names: those dropped with others have none.
std::vector<DropTarget> named(Connection& connection, std::span<const Text> members) {
  return rows_of(connection.execute(concat(
      "SELECT i.type, i.identity FROM (VALUES ", join(List(members.begin(), members.end()), ", "),
      ") m (class, object), pg_catalog.pg_identify_object(m.class, m.object, 0) i WHERE i.identity IS NOT NULL")));
}

/// Objects outside of all schemas; none where only some schemas are to be emptied.
std::vector<DropTarget> database_wide(Connection& connection, const EmptyingExtent& extent) {
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
  std::vector<DropTarget> all = rows_of(connection.execute(concat(
      of("event trigger", "pg_event_trigger", "evtname"), " UNION ALL ", of("publication", "pg_publication", "pubname"),
      " UNION ALL ", of("foreign data wrapper", "pg_foreign_data_wrapper", "fdwname"))));
  std::erase_if(all, [&](const DropTarget& one) { return std::ranges::count(extent.kept, one.name) > 0; });
  return all;
}

/// Of pg_namespace n: whether something in it stays, or it does itself.
Text holds_kept(const EmptyingExtent& extent) {
  return concat("(", is_kept(extent, "'pg_catalog.pg_namespace'::pg_catalog.regclass, n.oid"),
                " OR EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.refclassid OPERATOR(pg_catalog.=)"
                " 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.refobjid OPERATOR(pg_catalog.=) n.oid"
                " AND d.deptype::pg_catalog.text OPERATOR(pg_catalog.=) 'n' AND ",
                is_kept(extent, "d.classid, d.objid"), "))");
}

/// Schemas that are dropped with their contents.
std::vector<DropTarget> schemas_of(Connection& connection, const Ledger& ledger, const EmptyingExtent& extent) {
  std::vector<DropTarget> all = rows_of(connection.execute(
      concat("SELECT 'schema', pg_catalog.quote_ident(n.nspname) FROM pg_catalog.pg_namespace n WHERE ",
             is_meant(extent), " AND NOT n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) 'public'",
             ledger.exists(connection)
                 ? concat(" AND NOT n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) ", quote_literal(ledger.schema()))
                 : Text(),
             extent.kept.empty() ? Text() : concat(" AND NOT ", holds_kept(extent)), " ORDER BY 2")));
  return all;
}

void drop_all(LedgerSession& session, const std::vector<DropTarget>& doomed) {
  for (const DropTarget& one : doomed) {
    require_going_on(session.stop);
    session.messages.detail(concat("  ", one.drop()));
    session.connection.execute(one.drop());
  }
}

/// What an object goes with, as DROP … CASCADE finds it: what depends on it, and what owns what depends on it.
constexpr std::string_view goes_with = R"(
goes (class, object, part) AS (
  SELECT m.class, m.object, 0 FROM roots m
  UNION
  SELECT e.class, e.object, e.part FROM goes g CROSS JOIN LATERAL (
    SELECT d.classid, d.objid, d.objsubid FROM pg_catalog.pg_depend d
    WHERE d.refclassid OPERATOR(pg_catalog.=) g.class AND d.refobjid OPERATOR(pg_catalog.=) g.object
      AND (g.part OPERATOR(pg_catalog.=) 0 OR d.refobjsubid OPERATOR(pg_catalog.=) g.part)
    UNION ALL
    SELECT d.refclassid, d.refobjid, d.refobjsubid FROM pg_catalog.pg_depend d
    WHERE d.classid OPERATOR(pg_catalog.=) g.class AND d.objid OPERATOR(pg_catalog.=) g.object
      AND g.part OPERATOR(pg_catalog.=) 0 AND d.deptype OPERATOR(pg_catalog.=) ANY (ARRAY['i'::pg_catalog."char", 'e'])
  ) e (class, object, part)))";

/// The schema of an object of goes g, or of the relation that it belongs to.
constexpr std::string_view schema_of_it = R"(
  (SELECT coalesce(c.relnamespace, t.typnamespace, p.pronamespace, k.connamespace)
   FROM (SELECT 1) one (n)
   LEFT JOIN pg_catalog.pg_trigger r ON g.class OPERATOR(pg_catalog.=) 'pg_catalog.pg_trigger'::pg_catalog.regclass
     AND r.oid OPERATOR(pg_catalog.=) g.object AND NOT r.tgisinternal
   LEFT JOIN pg_catalog.pg_rewrite w ON g.class OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass
     AND w.oid OPERATOR(pg_catalog.=) g.object
   LEFT JOIN pg_catalog.pg_policy y ON g.class OPERATOR(pg_catalog.=) 'pg_catalog.pg_policy'::pg_catalog.regclass
     AND y.oid OPERATOR(pg_catalog.=) g.object
   LEFT JOIN pg_catalog.pg_attrdef f ON g.class OPERATOR(pg_catalog.=) 'pg_catalog.pg_attrdef'::pg_catalog.regclass
     AND f.oid OPERATOR(pg_catalog.=) g.object
   LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) coalesce(r.tgrelid, w.ev_class, y.polrelid, f.adrelid,
     CASE WHEN g.class OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass THEN g.object END)
   LEFT JOIN pg_catalog.pg_type t ON g.class OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
     AND t.oid OPERATOR(pg_catalog.=) g.object
   LEFT JOIN pg_catalog.pg_proc p ON g.class OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
     AND p.oid OPERATOR(pg_catalog.=) g.object
   LEFT JOIN pg_catalog.pg_constraint k ON g.class OPERATOR(pg_catalog.=)
     'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid OPERATOR(pg_catalog.=) g.object))";

/// Objects elsewhere that CASCADE would drop too. A view is named once, without its rule.
List outsiders(Connection& connection, const List& members, const EmptyingExtent& extent) {
  if (members.empty()) return {};
  const auto rows = connection.execute(concat(
      "WITH RECURSIVE roots (class, object) AS (VALUES ", join(members, ", "), "), ", goes_with,
      " SELECT DISTINCT pg_catalog.pg_describe_object(o.class, o.object, o.part) FROM (SELECT g.class, g.object, "
      "g.part, ",
      schema_of_it,
      " AS home FROM goes g) o LEFT JOIN pg_catalog.pg_namespace h ON h.oid OPERATOR(pg_catalog.=) coalesce(o.home,"
      " pg_catalog.to_regnamespace(pg_catalog.quote_ident((pg_catalog.pg_identify_object(o.class, o.object,"
      " o.part)).schema))::pg_catalog.oid) WHERE NOT o.class OPERATOR(pg_catalog.=)"
      " 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND (o.class OPERATOR(pg_catalog.=)"
      " 'pg_catalog.pg_extension'::pg_catalog.regclass OR (h.oid IS NOT NULL AND NOT h.nspname::pg_catalog.text"
      " OPERATOR(pg_catalog.~) '^pg_(toast|temp)' AND h.oid NOT IN (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE ",
      is_meant(extent), ")) OR ", is_of_kept(extent, "o.class, o.object"),
      ") AND NOT EXISTS (SELECT FROM roots r WHERE r.class OPERATOR(pg_catalog.=) o.class AND r.object"
      " OPERATOR(pg_catalog.=) o.object OR EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid"
      " OPERATOR(pg_catalog.=) o.class AND e.objid OPERATOR(pg_catalog.=) o.object AND e.deptype::pg_catalog.text"
      " OPERATOR(pg_catalog.=) 'e' AND e.refclassid OPERATOR(pg_catalog.=) r.class AND e.refobjid"
      " OPERATOR(pg_catalog.=) r.object)) ORDER BY 1"));
  List all;
  for (std::size_t row = 0; row < rows.rows(); ++row) all.push_back(rows.text(row, 0));
  return all;
}

void require_alone(const List& others) {
  if (others.empty()) return;
  Error error(Code::refused,
              concat("what is to be dropped would take along ", std::to_string(others.size()),
                     others.size() == 1 ? " object" : " objects", " that lie elsewhere"),
              {},
              "nothing was removed; drop them yourself first, or name their schemas among managed_schemas, or take"
              " them out of assume, where they may go too");
  error.detail = join(others, "\n");
  throw error;
}

/// True if the lock table, as the server is set, has room for all relations beside the locks of other sessions.
bool fits_a_transaction(Connection& connection, const EmptyingExtent& extent) {
  const auto row = connection.execute(concat(
      "SELECT pg_catalog.count(*) OPERATOR(pg_catalog.<) (pg_catalog.current_setting('max_locks_per_transaction')"
      "::pg_catalog.int8 OPERATOR(pg_catalog.*) pg_catalog.current_setting('max_connections')::pg_catalog.int8"
      " OPERATOR(pg_catalog./) 4) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid"
      " OPERATOR(pg_catalog.=) c.relnamespace WHERE ",
      is_meant(extent)));
  return row.text(0, 0) == "t";
}

void begin(LedgerSession& session) {
  session.connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
  session.connection.execute(concat("SET LOCAL lock_timeout = '", std::to_string(std::max(session.waiting, 1)), "s'"));
}

std::size_t forget(LedgerSession& session) {
  std::size_t count = 0;
  session.ledger.hold(session.connection);
  for (const Entry& entry : session.ledger.read(session.connection)) {
    if (!session.ledger.remove(session.connection, entry))
      throw Error(Code::refused, concat("another runner has changed the row of ", entry.label(), " meanwhile"), {},
                  "nothing was forgotten; look at quoin status, then say it again");
    session.ledger.log(session.connection,
                       {entry.version, entry.name, "reset", concat("forgotten; was ", to_string(entry.status))});
    ++count;
  }
  return count;
}

void drop_contents(LedgerSession& session, const DroppedContents& going, const EmptyingExtent& extent) {
  const bool at_once_all = fits_a_transaction(session.connection, extent);
  drop_all(session, database_wide(session.connection, extent));
  for (std::size_t at = 0; at < going.members.size(); at += at_once) {
    const std::span<const Text> all(going.members);
    drop_all(session, named(session.connection, all.subspan(at, std::min<std::size_t>(at_once, all.size() - at))));
    if (at_once_all || at + at_once >= going.members.size()) continue;
    session.connection.execute("COMMIT");
    begin(session);
  }
  drop_all(session, schemas_of(session.connection, session.ledger, extent));
}

/// What a failure has left, in words.
Text standing(const DroppedContents& before, Connection& connection, const Ledger& ledger,
              const std::optional<EmptyingExtent>& extent) {
  if (!connection.alive()) return "say it again: what was done whole stays, and the rest stands";
  const std::size_t left = extent ? members_of(connection, ledger, *extent).size() : before.members.size();
  if (left == before.members.size()) return "nothing was removed: the history and all objects are as they were";
  return concat("the history is removed, and ", std::to_string(before.members.size() - left), " of ",
                std::to_string(before.members.size()), " objects; say it again to go on with the rest");
}

}  // namespace

namespace {
List lines_of(Connection& connection, const Ledger& ledger, const EmptyingExtent& extent) {
  const auto rows = connection.execute(
      concat("SELECT n.nspname, pg_catalog.count(d.objid), ", extent.kept.empty() ? Text("false") : holds_kept(extent),
             " FROM pg_catalog.pg_namespace n LEFT JOIN pg_catalog.pg_depend d"
             " ON d.refobjid OPERATOR(pg_catalog.=) n.oid AND ",
             is_member(ledger, extent), " WHERE ", is_meant(extent), " GROUP BY n.oid, n.nspname ORDER BY n.nspname"));
  List all;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const Text schema = rows.text(row, 0), count = rows.text(row, 1);
    const bool holds_kept_ones = rows.text(row, 2) == "t";
    const bool stays = schema == "public" || schema == ledger.schema() || holds_kept_ones;
    if (count == "0" && stays) continue;
    all.push_back(concat(holds_kept_ones ? "what is managed in schema "
                         : stays         ? "all in schema "
                                         : "schema ",
                         schema, " (", count, count == "1" ? " object)" : " objects)"));
  }
  for (const DropTarget& one : database_wide(connection, extent)) all.push_back(concat(one.type, " ", one.name));
  return all;
}
}  // namespace

DroppedContents find_contents(Connection& connection, const Ledger& ledger,
                              const std::optional<EmptyingExtent>& extent) {
  DroppedContents going;
  const std::size_t rows = ledger.read(connection).size();
  if (rows > 0)
    going.what.push_back(concat("the history of ", std::to_string(rows), rows == 1 ? " migration" : " migrations",
                                " in ", ledger.name()));
  if (const std::size_t lost = lost_in(ledger.without_row(connection)); lost > 0)
    going.what.push_back(concat("what the log of ", ledger.name(), " tells of ", std::to_string(lost),
                                lost == 1 ? " migration whose row is lost" : " migrations whose rows are lost"));
  if (!extent) return going;
  for (Text& one : lines_of(connection, ledger, *extent)) going.what.push_back(std::move(one));
  going.members = members_of(connection, ledger, *extent);
  require_alone(outsiders(connection, going.members, *extent));
  return going;
}

void empty(LedgerSession& session, const DroppedContents& shown, const std::optional<EmptyingExtent>& extent) {
  Connection& connection = session.connection;
  begin(session);
  try {
    if (find_contents(connection, session.ledger, extent) != shown)
      throw Error(Code::refused, "what there is to remove has changed since it was looked at", {},
                  "nothing was removed; say it again, and look at the new list");
    const std::size_t forgotten = forget(session);
    if (forgotten == 0 || extent)
      session.ledger.log(connection, {"", "", "reset", concat("removed ", join(shown.what, "; "))});
    if (extent) drop_contents(session, shown, *extent);
    connection.execute("COMMIT");
  } catch (const Error& error) {
    roll_back(connection);
    if (error.code == Code::refused) throw;
    Error told = error;
    told.hint =
        concat(standing(shown, connection, session.ledger, extent),
               error.sqlstate == "55P03" ? "; another session holds a lock: give it longer with --wait SECONDS" : "");
    throw told;
  } catch (...) {
    roll_back(connection);
    throw;
  }
}

}  // namespace quoin::runner
