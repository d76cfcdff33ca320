#include "runner/trust.h"

namespace quoin::runner {
namespace {

using postgres::Connection;
using postgres::Parameter;

/// SQL: what besides rows a table has, in words; empty: nothing.
constexpr const char* oddity =
    "CASE WHEN c.relkind OPERATOR(pg_catalog.<>) 'r' OR c.relispartition THEN 'is no plain table'"
    // Those of foreign keys too: what they cascade to has triggers of its own.
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid OPERATOR(pg_catalog.=) c.oid)"
    " THEN 'has a trigger or a foreign key'"
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_rewrite w WHERE w.ev_class OPERATOR(pg_catalog.=) c.oid)"
    " THEN 'has a rule'"
    " WHEN c.relrowsecurity AND EXISTS (SELECT FROM pg_catalog.pg_policy p"
    " WHERE p.polrelid OPERATOR(pg_catalog.=) c.oid) THEN 'has a policy'"
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhparent OPERATOR(pg_catalog.=) c.oid"
    " OR i.inhrelid OPERATOR(pg_catalog.=) c.oid) THEN 'inherits or is inherited'"
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type y"
    " ON y.oid OPERATOR(pg_catalog.=) a.atttypid WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid"
    " AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped AND (y.typtype OPERATOR(pg_catalog.<>) 'b'"
    " OR y.typnamespace OPERATOR(pg_catalog.<>) 'pg_catalog'::pg_catalog.regnamespace::pg_catalog.oid))"
    " THEN 'has a column of a type that is not built in'"
    // Without OFFSET the server may read the defaults of all tables at once, under a lock on each.
    " WHEN EXISTS (SELECT FROM (SELECT i.adbin, i.adrelid FROM pg_catalog.pg_attrdef i"
    " WHERE i.adrelid OPERATOR(pg_catalog.=) c.oid OFFSET 0) d WHERE NOT"
    // With quote_all_identifiers names stand in double quotes.
    " pg_catalog.regexp_replace(pg_catalog.translate(pg_catalog.pg_get_expr(d.adbin, d.adrelid), '\"''', ''),"
    " 'pg_catalog[.]|[(][)]|:{2}(pg_catalog[.])?[a-z]+', '', 'g') OPERATOR(pg_catalog.=)"
    " ANY (ARRAY['clock_timestamp', 'now', 'SESSION_USER', '', '0']))"
    " THEN 'has a default that quoin did not give it'"
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid OPERATOR(pg_catalog.=) c.oid"
    " AND k.conbin::pg_catalog.text OPERATOR(pg_catalog.~) '[{](FUNCEXPR|COERCEVIAIO|SQLVALUEFUNCTION|XMLEXPR)')"
    " THEN 'has a check that calls a function'"
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_index x WHERE x.indrelid OPERATOR(pg_catalog.=) c.oid"
    " AND (x.indexprs IS NOT NULL OR x.indpred IS NOT NULL)) THEN 'has an index on an expression'"
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_statistic_ext s WHERE s.stxrelid OPERATOR(pg_catalog.=) c.oid)"
    " THEN 'has extended statistics'"
    // What is built in is not recorded there; so a function of the same name in another schema shows.
    " WHEN EXISTS (SELECT FROM pg_catalog.pg_depend o JOIN pg_catalog.pg_depend f"
    " ON f.classid OPERATOR(pg_catalog.=) o.classid AND f.objid OPERATOR(pg_catalog.=) o.objid"
    " WHERE o.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid"
    " AND o.refobjid OPERATOR(pg_catalog.=) c.oid AND o.classid OPERATOR(pg_catalog.=) ANY (ARRAY["
    "'pg_catalog.pg_attrdef'::pg_catalog.regclass::pg_catalog.oid,"
    " 'pg_catalog.pg_constraint'::pg_catalog.regclass::pg_catalog.oid,"
    " 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid])"
    " AND f.refclassid OPERATOR(pg_catalog.=) ANY (ARRAY["
    "'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid,"
    " 'pg_catalog.pg_operator'::pg_catalog.regclass::pg_catalog.oid,"
    " 'pg_catalog.pg_opclass'::pg_catalog.regclass::pg_catalog.oid,"
    " 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid]))"
    " THEN 'has an index, a check or a default with a function that is not built in' END";

/// Whether the role of the given oid is one whose objects this session may access: the database's owner, a superuser,
/// or a role that the session may act as anyway. To a superuser every role is that, so it says nothing there.
Text is_trusted(std::string_view role) {
  return concat("(", role, " OPERATOR(pg_catalog.=) b.datdba OR EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.oid",
                " OPERATOR(pg_catalog.=) ", role,
                " AND (r.rolsuper OR r.rolname OPERATOR(pg_catalog.=) 'pg_database_owner'))"
                " OR NOT u.rolsuper AND pg_catalog.pg_has_role(",
                role, ", 'USAGE'))");
}

/// Who may read alone reads what others own, as in every database; whoever could be made to do more than that does not.
constexpr const char* is_mere_reader =
    "NOT (u.rolsuper OR u.rolcreaterole OR pg_catalog.pg_has_role(b.datdba, 'MEMBER'))";

Text question(const List& tables) {
  List rows;
  for (const Text& table : tables) rows.push_back(concat("(", quote_literal(table), ")"));
  return concat("SELECT ", oddity, ", pg_catalog.pg_get_userbyid(c.relowner), ", is_trusted("c.relowner"),
                ", pg_catalog.pg_get_userbyid(n.nspowner), ", is_trusted("n.nspowner"), ", n.nspname, ", is_mere_reader,
                ", t.name, pg_catalog.row_security_active(c.oid) FROM (VALUES ", join(rows, ", "),
                ") AS t(name), pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                " ON n.oid OPERATOR(pg_catalog.=) c.relnamespace, pg_catalog.pg_database b, pg_catalog.pg_roles u"
                " WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(t.name)::pg_catalog.oid"
                " AND b.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()"
                " AND u.rolname OPERATOR(pg_catalog.=) session_user");
}

Error belongs_to(const Text& what, const Text& owner, const Text& mending) {
  return {Code::refused,
          concat(what, " belongs to ", owner, ", who could make it run anything with your rights"),
          {},
          concat("run quoin as ", owner, "; or, where you know how it came about: ", mending)};
}

/// One row of the answer.
void judge(Connection& connection, const postgres::Result& found, std::size_t row, TableAccess access) {
  const Text odd = found.text(row, 0), owner = found.text(row, 1), schema = quote_ident(found.text(row, 5));
  const Text table = found.text(row, 7), us = quote_ident(connection.user());
  const bool by_anybody = access == TableAccess::reading && found.text(row, 6) == "t";
  if (!by_anybody && found.text(row, 2) != "t")
    throw belongs_to(concat("the ledger's table ", table), owner,
                     concat("ALTER TABLE ", table, " OWNER TO ", us, ", for the ledger and its log"));
  if (!by_anybody && found.text(row, 4) != "t")
    throw belongs_to(concat("the ledger's schema ", schema), found.text(row, 3),
                     concat("ALTER SCHEMA ", schema, " OWNER TO ", us));
  if (odd.empty() && found.text(row, 8) == "t")
    throw Error(Code::refused,
                concat("the ledger's table ", table, " (of ", owner, ") has row security, which hides rows from ",
                       connection.user()),
                {}, concat("run quoin as ", owner, "; or: ALTER TABLE ", table, " DISABLE ROW LEVEL SECURITY"));
  if (odd.empty()) return;
  throw Error(
      Code::refused,
      concat("the ledger's table ", table, " (of ", owner, ") ", odd, ", which could run anything with your rights"),
      {}, concat("look at \\d+ ", table, " and drop what quoin did not make, or name another ledger"));
}

void judge_all(Connection& connection, const postgres::Result& found, TableAccess access) {
  for (std::size_t row = 0; row < found.rows(); ++row) judge(connection, found, row, access);
}

}  // namespace

void require_trusted(Connection& connection, const List& tables, TableAccess access) {
  judge_all(connection, connection.execute(question(tables)), access);
}

// A row is written under ROW EXCLUSIVE in any case, which already keeps triggers, rules and indexes from being made.
Text locking(const List& tables, TableAccess access) {
  return concat("LOCK TABLE ONLY ", join(tables, ", ONLY "), " IN ",
                access == TableAccess::reading ? "ACCESS SHARE" : "ROW EXCLUSIVE", " MODE");
}

// LOCK takes no snapshot, so what is asked after it sees what was put there before it, whatever the isolation.
void lock_trusted(Connection& connection, const List& tables, TableAccess access) {
  try {
    judge_all(connection, connection.execute(concat(locking(tables, access), "; ", question(tables))), access);
  } catch (Error& error) {
    if (error.sqlstate == "42809") error.code = Code::refused;  // a sequence, an index
    throw;
  }
}

void revoke_all(Connection& connection, const Text& table) {
  const auto grantees = connection.query(
      "SELECT DISTINCT a.grantee OPERATOR(pg_catalog.=) 0, pg_catalog.pg_get_userbyid(a.grantee)"
      " FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a"
      " WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)::pg_catalog.oid"
      " AND a.grantee OPERATOR(pg_catalog.<>) c.relowner",
      std::vector<Parameter>{table});
  for (std::size_t row = 0; row < grantees.rows(); ++row)
    connection.execute(concat("REVOKE ALL ON ", table, " FROM ",
                              grantees.text(row, 0) == "t" ? Text("PUBLIC") : quote_ident(grantees.text(row, 1))));
}

}  // namespace quoin::runner
