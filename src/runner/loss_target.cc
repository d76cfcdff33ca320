#include "runner/loss_target.h"

#include <algorithm>

namespace quoin::runner {
namespace {

/// Whether rows lie in tables or columns that go with the object $1 of kind $2.
Text question_of_users() {
  const auto named = [](std::string_view name) {
    return concat("pg_catalog.parse_ident($1) OPERATOR(pg_catalog.=) ARRAY[", name, "::pg_catalog.text]");
  };
  const auto qualified = [&](std::string_view name) {
    return concat("(", named(name), " OR pg_catalog.parse_ident($1) OPERATOR(pg_catalog.=)",
                  " ARRAY[n.nspname::pg_catalog.text, ", name, "::pg_catalog.text])");
  };
  const auto of = [](std::string_view catalog, const Text& from, std::string_view kind) {
    return concat(" UNION ALL SELECT 'pg_catalog.", catalog, "'::pg_catalog.regclass::pg_catalog.oid, ", from,
                  " AND $2 OPERATOR(pg_catalog.=) '", kind, "'");
  };
  return concat(
      "WITH RECURSIVE gone(classid, objid, objsubid) AS (SELECT s.classid, s.objid, 0 FROM ("
      "SELECT 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid, pg_catalog.to_regtype($1)::pg_catalog.oid"
      " WHERE $2 OPERATOR(pg_catalog.=) 'type'",
      of("pg_proc",
         concat("p.oid FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n"
                " ON n.oid OPERATOR(pg_catalog.=) p.pronamespace WHERE ",
                qualified("p.proname")),
         "function"),
      of("pg_collation",
         concat("c.oid FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n"
                " ON n.oid OPERATOR(pg_catalog.=) c.collnamespace WHERE ",
                qualified("c.collname")),
         "collation"),
      of("pg_extension", concat("oid FROM pg_catalog.pg_extension WHERE ", named("extname")), "extension"),
      of("pg_class",
         "c.oid FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.=) "
         "pg_catalog.to_regclass($1)::pg_catalog.oid",
         "relation"),
      of("pg_language", concat("oid FROM pg_catalog.pg_language WHERE ", named("lanname")), "language"),
      of("pg_am", concat("oid FROM pg_catalog.pg_am WHERE ", named("amname")), "access method"),
      ") AS s(classid, objid)"
      " UNION SELECT n.classid, n.objid, n.objsubid FROM gone g CROSS JOIN LATERAL ("
      "SELECT d.classid, d.objid, d.objsubid FROM pg_catalog.pg_depend d"
      " WHERE d.refclassid OPERATOR(pg_catalog.=) g.classid AND d.refobjid OPERATOR(pg_catalog.=) g.objid"
      " AND (g.objsubid OPERATOR(pg_catalog.=) 0 OR g.objsubid OPERATOR(pg_catalog.=) d.refobjsubid)"
      // A view goes with its rule.
      " UNION ALL SELECT d.refclassid, d.refobjid, 0 FROM pg_catalog.pg_depend d"
      " WHERE d.classid OPERATOR(pg_catalog.=) g.classid AND d.objid OPERATOR(pg_catalog.=) g.objid"
      " AND d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid"
      " AND d.deptype::pg_catalog.text OPERATOR(pg_catalog.=) 'i') AS n)"
      " SELECT EXISTS (SELECT FROM gone g JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) g.objid"
      " WHERE g.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid"
      " AND c.relkind::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p']))"
      // A generated column goes with its expression.
      " OR EXISTS (SELECT FROM gone g JOIN pg_catalog.pg_attrdef e ON e.oid OPERATOR(pg_catalog.=) g.objid"
      " JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) e.adrelid"
      " AND a.attnum OPERATOR(pg_catalog.=) e.adnum"
      " WHERE g.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_attrdef'::pg_catalog.regclass::pg_catalog.oid"
      " AND a.attgenerated::pg_catalog.text OPERATOR(pg_catalog.<>) '')");
}

/// Of the name $1, whatever its arguments.
Text question_of_routine(std::string_view condition) {
  return concat(
      "SELECT EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n"
      " ON n.oid OPERATOR(pg_catalog.=) p.pronamespace WHERE (pg_catalog.parse_ident($1) OPERATOR(pg_catalog.=)"
      " ARRAY[p.proname::pg_catalog.text] OR pg_catalog.parse_ident($1) OPERATOR(pg_catalog.=)"
      " ARRAY[n.nspname::pg_catalog.text, p.proname::pg_catalog.text]) AND ",
      condition, ")");
}

/// What the column $2 of $1 is of, and what type $3 is where that is a domain: below all domains; nothing of users.
Text question_of_types() {
  const auto below = [](std::string_view name, std::string_view start) {
    return concat(name, "(typ, mod, at) AS (", start,
                  " UNION ALL SELECT t.typbasetype, CASE WHEN t.typtypmod OPERATOR(pg_catalog.>=) 0 THEN t.typtypmod"
                  " ELSE d.mod END, d.at OPERATOR(pg_catalog.+) 1 FROM ",
                  name,
                  " d JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) d.typ"
                  " WHERE t.typtype::pg_catalog.text OPERATOR(pg_catalog.=) 'd')");
  };
  const auto shown = [](std::string_view from, std::string_view least) {
    return concat("(SELECT pg_catalog.format_type(d.typ, d.mod) FROM ", from,
                  " d JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) d.typ"
                  " WHERE t.typnamespace OPERATOR(pg_catalog.=) 'pg_catalog'::pg_catalog.regnamespace::pg_catalog.oid"
                  " AND t.typtype::pg_catalog.text OPERATOR(pg_catalog.<>) 'd' AND d.at OPERATOR(pg_catalog.>=) ",
                  least, ")");
  };
  return concat("WITH RECURSIVE ",
                below("held",
                      "SELECT a.atttypid, a.atttypmod, 0 FROM pg_catalog.pg_attribute a WHERE a.attrelid"
                      " OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)::pg_catalog.oid"
                      " AND a.attname OPERATOR(pg_catalog.=) $2 AND NOT a.attisdropped"
                      " AND a.attgenerated::pg_catalog.text OPERATOR(pg_catalog.=) ''"),
                ", ", below("wanted", "SELECT pg_catalog.to_regtype($3)::pg_catalog.oid, -1, 0"), " SELECT ",
                shown("held", "0"), ", ", shown("wanted", "1"));
}

bool is_lossy(postgres::Connection& connection, const Text& table, const Target& target, const LosesValues& loses) {
  const std::vector<postgres::Parameter> values{table, target.column, target.kind};
  const postgres::Result types = connection.query(question_of_types(), values);
  if (types.text(0, 0).empty()) return false;
  return loses(types.text(0, 0), types.text(0, 1).empty() ? target.kind : types.text(0, 1));
}

Text question_of(Space space) {
  switch (space) {
    case Space::relation:
      return "SELECT pg_catalog.to_regclass($1) IS NOT NULL";
    case Space::column:
      return "SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid OPERATOR(pg_catalog.=)"
             " pg_catalog.to_regclass($1) AND attname OPERATOR(pg_catalog.=) $2 AND NOT attisdropped"
             " AND attgenerated::pg_catalog.text OPERATOR(pg_catalog.=) '')";
    case Space::option:
      return "SELECT EXISTS (SELECT FROM pg_catalog.pg_class c CROSS JOIN pg_catalog.unnest(c.reloptions) AS o(said)"
             " WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)::pg_catalog.oid"
             " AND pg_catalog.split_part(o.said, '=', 1) OPERATOR(pg_catalog.=) $2"
             " AND pg_catalog.split_part(o.said, '=', 2)::pg_catalog.bool)";
    case Space::type:
      return "SELECT pg_catalog.to_regtype($1) IS NOT NULL";
    case Space::routine:
      return question_of_routine("true");
    case Space::definer:
      return question_of_routine("p.prosecdef");
    case Space::guard:
      return question_of_routine(
          "EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.refobjid OPERATOR(pg_catalog.=) p.oid"
          " AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid"
          " AND d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_policy'::pg_catalog.regclass::pg_catalog.oid)");
    case Space::schema:
      return "SELECT pg_catalog.to_regnamespace($1) IS NOT NULL";
    case Space::role:
      return "SELECT pg_catalog.to_regrole($1) IS NOT NULL";
    case Space::database:
      return "SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE ARRAY[datname::pg_catalog.text]"
             " OPERATOR(pg_catalog.=) pg_catalog.parse_ident($1))";
    case Space::owner:
      return "SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relkind::pg_catalog.text OPERATOR(pg_catalog.=) ANY"
             " (ARRAY['r', 'p', 'm']) AND relowner OPERATOR(pg_catalog.=)"
             " pg_catalog.to_regrole($1)::pg_catalog.oid)";
    case Space::users:
      return question_of_users();
    case Space::retyped:
    case Space::unknown:
      break;
  }
  return {};
}

}  // namespace

bool Target::is_of_relation() const {
  constexpr Space all[] = {Space::relation, Space::column, Space::retyped, Space::option};
  return std::ranges::find(all, space) != std::end(all);
}

bool Target::is_plain() const {
  constexpr Space more[] = {Space::retyped, Space::definer, Space::guard, Space::option, Space::users};
  return std::ranges::find(more, space) == std::end(more);
}

bool is_there(postgres::Connection& connection, const Target& target, const LosesValues& loses) {
  List names = target.elsewhere;
  names.push_back(target.name);
  return std::ranges::any_of(names, [&](const Text& name) {
    if (target.space == Space::retyped) return is_lossy(connection, name, target, loses);
    std::vector<postgres::Parameter> values{name};
    if (target.space == Space::column) values.emplace_back(target.column);
    if (target.space == Space::users || target.space == Space::option) values.emplace_back(target.kind);
    return connection.query(question_of(target.space), values).text(0, 0) == "t";
  });
}

bool has_objects(postgres::Connection& connection, const List& but) {
  List bound;
  for (std::size_t i = 1; i <= but.size(); ++i) bound.push_back(concat("$", std::to_string(i)));
  const auto any = [](std::string_view catalog, std::string_view condition) {
    return concat("EXISTS (SELECT FROM pg_catalog.", catalog,
                  " o WHERE o.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid AND ", condition,
                  " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid OPERATOR(pg_catalog.=) "
                  "'pg_catalog.",
                  catalog,
                  "'::pg_catalog.regclass::pg_catalog.oid AND d.objid OPERATOR(pg_catalog.=) o.oid"
                  " AND d.deptype::pg_catalog.text OPERATOR(pg_catalog.=) 'e'))");
  };
  // The ledger's sequence goes with its log.
  const Text relation = concat(
      "o.relkind::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p', 'm', 'v', 'f', 'c', 'S'])"
      " AND NOT EXISTS (SELECT FROM pg_catalog.unnest(ARRAY[",
      join(bound, ", "),
      "]::pg_catalog.text[]) AS l(name)"
      " WHERE o.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(l.name)::pg_catalog.oid OR EXISTS ("
      "SELECT FROM pg_catalog.pg_depend d WHERE d.objid OPERATOR(pg_catalog.=) o.oid"
      " AND d.refobjid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(l.name)::pg_catalog.oid"
      " AND d.deptype::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['a', 'i'])))");
  constexpr std::string_view type =
      "o.typtype::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['d', 'e', 'r', 'b'])"
      " AND o.typelem OPERATOR(pg_catalog.=) 0::pg_catalog.oid";
  const Text sql =
      concat("SELECT ", any("pg_class", relation), " OR ", any("pg_proc", "true"), " OR ", any("pg_type", type));
  return connection.query(sql, std::vector<postgres::Parameter>(but.begin(), but.end())).text(0, 0) == "t";
}

}  // namespace quoin::runner
