// Finds statements that would do something else in chunks, since their effect on a row depends on other rows.
#include <algorithm>
#include <map>
#include <utility>

#include "runner/batch.h"
#include "runner/relation_name.h"

namespace quoin::runner {
namespace {

using postgres::Parameter;

/// The aggregates of pg_catalog; whether the database has others the catalog tells.
bool is_aggregate(const Text& name) {
  static const List names = split(
      "any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp every json_agg"
      " json_agg_strict json_object_agg json_object_agg_strict json_object_agg_unique json_object_agg_unique_strict"
      " jsonb_agg jsonb_agg_strict jsonb_object_agg jsonb_object_agg_strict jsonb_object_agg_unique"
      " jsonb_object_agg_unique_strict max min mode percentile_cont percentile_disc range_agg range_intersect_agg"
      " regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop"
      " stddev_samp string_agg sum var_pop var_samp variance xmlagg",
      ' ');
  return std::ranges::binary_search(names, name);
}

/// In what a SELECT gives for each row, without its subqueries, whose rows are their own.
void look_at_calls(ast::Node node, BatchTarget& target) {
  if (node.is("FuncCall")) {
    const List names = node["funcname"].texts();
    const Text name = names.empty() ? Text() : names.back();
    if (node.has("over")) throw no_batch(concat("the window function ", name, " looks at more than one row at once"));
    const bool is_of_catalog = names.size() < 2 || names.front() == "pg_catalog";
    const bool counts = node["agg_star"].flag() || node["agg_distinct"].flag() || node.has("agg_filter") ||
                        node.has("agg_order") || node["agg_within_group"].flag();
    if (counts || (is_of_catalog && is_aggregate(name)))
      throw no_batch(concat("the aggregate ", name, " makes one row of all"));
    target.calls.push_back(name_of(names));
  }
  if (node.is("JsonObjectAgg") || node.is("JsonArrayAgg") || node.is("GroupingFunc"))
    throw no_batch("an aggregate makes one row of all");
  if (node.is("SubLink")) return look_at_calls(node["testexpr"], target);
  for (const ast::Node item : node.items()) look_at_calls(item, target);
  for (const auto& [name, value] : node.fields()) look_at_calls(value, target);
}

void look_at_select(ast::Node select, BatchTarget& target) {
  for (const char* field : {"groupClause", "havingClause", "distinctClause", "limitCount", "limitOffset",
                            "windowClause", "larg", "withClause", "sortClause"})
    if (select.has(field))
      throw no_batch(concat("its SELECT has what looks at more than one row at once (", field, ")"));
  look_at_calls(select["targetList"], target);
}

/// Names that may be one table's; a name without a schema may be of any.
bool may_be_same(ast::Node one, ast::Node other) {
  const std::string_view first = one["schemaname"].text(), second = other["schemaname"].text();
  return one["relname"].text() == other["relname"].text() && (first == second || first.empty() || second.empty());
}

void look_at_reads(ast::Node node, ast::Node written, BatchTarget& target) {
  if (node.is("RangeVar") || node.has("relname")) {
    const Text name = name_of(node);
    if (may_be_same(node, written))
      throw no_batch(concat("it reads ", name,
                            ", the table that it writes, so a chunk would see what those before it"
                            " did"),
                     concat(no_batch_hint, "; where that is another table, name both with their schemas"));
    target.read.push_back(name);
  }
  if (node.is("FuncCall")) target.functions.push_back(name_of(node["funcname"].texts()));
  for (const ast::Node item : node.items()) look_at_reads(item, written, target);
  for (const auto& [name, value] : node.fields()) look_at_reads(value, written, target);
}

/// Relations that are reached from those in $1: from a view what it reads, from a parent its children and the reverse.
constexpr const char* next_relations =
    "SELECT w.ev_class, d.refobjid FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_depend d"
    " ON d.objid OPERATOR(pg_catalog.=) w.oid"
    " AND d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid"
    " AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid"
    " JOIN pg_catalog.pg_class v ON v.oid OPERATOR(pg_catalog.=) w.ev_class AND v.relkind OPERATOR(pg_catalog.=) 'v'"
    " WHERE w.ev_class OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])"
    " UNION ALL SELECT i.inhparent, i.inhrelid FROM pg_catalog.pg_inherits i"
    " WHERE i.inhparent OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])"
    " UNION ALL SELECT i.inhrelid, i.inhparent FROM pg_catalog.pg_inherits i"
    " WHERE i.inhrelid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])";

/// SQL for a name as a piece of a regular expression.
Text as_pattern(std::string_view name) {
  return concat("pg_catalog.regexp_replace(", name, "::pg_catalog.text, '\\W', '\\\\\\&', 'g')");
}

/// SQL over pg_proc p and its schema s: the function may be the one that a statement calls `name`.
constexpr const char* may_be_called =
    "CASE WHEN n.name OPERATOR(pg_catalog.~) '[.]'"
    " THEN pg_catalog.format('%I.%I', s.nspname, p.proname) OPERATOR(pg_catalog.=) n.name"
    " ELSE pg_catalog.quote_ident(p.proname) OPERATOR(pg_catalog.=) n.name"
    " AND pg_catalog.pg_function_is_visible(p.oid) END";

/// An aggregate of the database's own among $1.
Text own_aggregate() {
  return concat(
      "SELECT n.name FROM pg_catalog.unnest($1::pg_catalog.text[]) n(name) WHERE EXISTS (SELECT FROM "
      "pg_catalog.pg_proc p"
      " JOIN pg_catalog.pg_namespace s ON s.oid OPERATOR(pg_catalog.=) p.pronamespace"
      " WHERE p.prokind OPERATOR(pg_catalog.=) 'a' AND ",
      may_be_called, ") LIMIT 1");
}

/// A function of $1, or of a view of $3, that reads the table $2, itself or by one that it calls: as its body says
/// outside of comments and strings, or as the catalog knows. One that is volatile sees what its own statement has done,
/// in chunks as in one piece.
Text reading_function() {
  return concat(
      "WITH RECURSIVE body AS MATERIALIZED (SELECT p.oid, s.nspname, p.proname, pg_catalog.regexp_replace(p.prosrc,"
      " '--[^\n]*|/\\*([^*]|\\*+[^*/])*\\*+/|''[^'']*''', ' ', 'g') AS text FROM pg_catalog.pg_proc p"
      " JOIN pg_catalog.pg_namespace s ON s.oid OPERATOR(pg_catalog.=) p.pronamespace"
      " WHERE p.provolatile OPERATOR(pg_catalog.<>) 'v' AND s.nspname OPERATOR(pg_catalog.<>) 'pg_catalog'"
      " AND s.nspname OPERATOR(pg_catalog.<>) 'information_schema'),"
      " uses AS MATERIALIZED (SELECT d.classid, d.objid, d.refclassid, d.refobjid FROM pg_catalog.pg_depend d"
      " WHERE d.classid OPERATOR(pg_catalog.=) ANY (ARRAY['pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid,"
      " 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid])),"
      " called(oid, name) AS (SELECT f.oid, f.name FROM (SELECT p.oid, n.name FROM"
      " pg_catalog.unnest($1::pg_catalog.text[]) n(name) JOIN pg_catalog.pg_proc p ON true"
      " JOIN pg_catalog.pg_namespace s ON s.oid OPERATOR(pg_catalog.=) p.pronamespace WHERE ",
      may_be_called,
      " UNION SELECT u.refobjid, v.name FROM pg_catalog.unnest($3::pg_catalog.text[]) v(name)"
      " JOIN pg_catalog.pg_rewrite w ON w.ev_class OPERATOR(pg_catalog.=) pg_catalog.to_regclass(v.name)"
      " JOIN uses u ON u.objid OPERATOR(pg_catalog.=) w.oid"
      " AND u.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid) f"
      " UNION SELECT o.oid, c.name FROM called c JOIN body b ON b.oid OPERATOR(pg_catalog.=) c.oid JOIN body o ON"
      " b.text OPERATOR(pg_catalog.~*) pg_catalog.concat('\\m',"
      " ",
      as_pattern("o.proname"),
      ", '\"?\\s*\\(')"
      " OR EXISTS (SELECT FROM uses u WHERE u.objid OPERATOR(pg_catalog.=) b.oid"
      " AND u.refobjid OPERATOR(pg_catalog.=) o.oid))"
      " SELECT c.name FROM called c JOIN body b ON b.oid OPERATOR(pg_catalog.=) c.oid JOIN pg_catalog.pg_class t"
      " ON t.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($2) WHERE b.text OPERATOR(pg_catalog.~*)"
      " pg_catalog.concat('(\\mfrom|\\mjoin|\\monly|,)\\s*(\"?\\w+\"?\\s*\\.\\s*)?\"?',"
      " ",
      as_pattern("t.relname"),
      ", '(\"|\\M)')"
      " OR EXISTS (SELECT FROM uses u WHERE u.objid OPERATOR(pg_catalog.=) b.oid"
      " AND u.refobjid OPERATOR(pg_catalog.=) t.oid) LIMIT 1");
}

/// As PostgreSQL writes an array of texts.
Text array_of(const List& texts) {
  List quoted;
  for (const Text& text : texts) {
    Text one;
    for (const char sign : text) one += (sign == '"' || sign == '\\') ? concat("\\", Text(1, sign)) : Text(1, sign);
    quoted.push_back(concat("\"", one, "\""));
  }
  return concat("{", join(quoted, ","), "}");
}

/// The name that the statement reads and through which the table that it writes is reached; empty: none is.
Text way_to_written(postgres::Connection& connection, const BatchTarget& target) {
  const auto named = connection.query(
      "SELECT n.name, pg_catalog.to_regclass(n.name)::pg_catalog.oid, pg_catalog.to_regclass($2)::pg_catalog.oid"
      " FROM pg_catalog.unnest($1::pg_catalog.text[]) n(name) WHERE pg_catalog.to_regclass(n.name) IS NOT NULL",
      std::vector<Parameter>{array_of(target.read), target.written});
  std::map<Text, Text> names;  // by what is reached, as the server counts it
  List next;
  const auto reach = [&](const Text& relation, const Text& name) {
    if (names.emplace(relation, name).second) next.push_back(relation);
  };
  for (std::size_t row = 0; row < named.rows(); ++row) reach(named.text(row, 1), named.text(row, 0));
  while (!next.empty()) {
    const auto found = connection.query(next_relations, std::vector<Parameter>{array_of(std::exchange(next, List()))});
    for (std::size_t row = 0; row < found.rows(); ++row) reach(found.text(row, 1), names.at(found.text(row, 0)));
  }
  if (named.rows() == 0) return {};
  const auto way = names.find(named.text(0, 2));
  return way != names.end() ? way->second : Text();
}

/// Columns of $2, of the table $1, that are generated, each with one that it is computed from.
constexpr const char* sources_of_generated =
    "SELECT pg_catalog.quote_ident(a.attname), b.attname FROM pg_catalog.pg_attribute a"
    " LEFT JOIN pg_catalog.pg_attrdef e ON e.adrelid OPERATOR(pg_catalog.=) a.attrelid"
    " AND e.adnum OPERATOR(pg_catalog.=) a.attnum"
    " JOIN pg_catalog.pg_depend d ON d.refobjid OPERATOR(pg_catalog.=) a.attrelid"
    " AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid AND ("
    " d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_attrdef'::pg_catalog.regclass::pg_catalog.oid"
    " AND d.objid OPERATOR(pg_catalog.=) e.oid"
    " OR d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid"
    " AND d.objid OPERATOR(pg_catalog.=) a.attrelid AND d.objsubid OPERATOR(pg_catalog.=) a.attnum)"
    " JOIN pg_catalog.pg_attribute b ON b.attrelid OPERATOR(pg_catalog.=) a.attrelid"
    " AND b.attnum OPERATOR(pg_catalog.=) d.refobjsubid AND b.attnum OPERATOR(pg_catalog.<>) a.attnum"
    " WHERE a.attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1)"
    " AND a.attgenerated OPERATOR(pg_catalog.<>) '' AND pg_catalog.quote_ident(a.attname) OPERATOR(pg_catalog.=)"
    " ANY ($2::pg_catalog.text[])";

/// A trigger of the table $1, or of what inherits from it, and a column of $2, for which `condition` is true.
Text trigger_and_column(std::string_view condition) {
  return concat(
      "WITH RECURSIVE parts(oid) AS (SELECT pg_catalog.to_regclass($1)::pg_catalog.oid UNION SELECT i.inhrelid"
      " FROM parts p JOIN pg_catalog.pg_inherits i ON i.inhparent OPERATOR(pg_catalog.=) p.oid)"
      " SELECT pg_catalog.quote_ident(t.tgname), k.name FROM parts JOIN pg_catalog.pg_class c"
      " ON c.oid OPERATOR(pg_catalog.=) parts.oid JOIN pg_catalog.pg_trigger t"
      " ON t.tgrelid OPERATOR(pg_catalog.=) c.oid JOIN pg_catalog.pg_proc p ON p.oid OPERATOR(pg_catalog.=) t.tgfoid"
      " CROSS JOIN pg_catalog.unnest($2::pg_catalog.text[]) k(name)"
      " WHERE t.tgenabled OPERATOR(pg_catalog.<>) 'D' AND NOT t.tgisinternal AND ",
      condition, " LIMIT 1");
}

/// Its body, which runs at UPDATE, updates a table of that name and sets the column.
Text updates_key() {
  return concat(
      "t.tgtype OPERATOR(pg_catalog.&) 16::smallint OPERATOR(pg_catalog.<>) 0::smallint"
      " AND p.prosrc OPERATOR(pg_catalog.~*) pg_catalog.concat('\\mupdate\\s+(only\\s+)?(\"?\\w+\"?\\s*\\.\\s*)?\"?', ",
      as_pattern("c.relname"), ", '\\M[^;]*\\mset\\M[^;]*\\m', ", as_pattern("k.name"), ", '\\M\"?\\s*=')");
}

/// It runs before a row is updated.
constexpr std::string_view runs_before =
    "t.tgtype OPERATOR(pg_catalog.&) 19::smallint OPERATOR(pg_catalog.=) 19::smallint";

/// Statement triggers at the events $2, a sum of pg_trigger's numbers, of the table alone.
constexpr const char* statement_triggers =
    "SELECT pg_catalog.quote_ident(t.tgname) FROM pg_catalog.pg_trigger t WHERE t.tgrelid OPERATOR(pg_catalog.=)"
    " pg_catalog.to_regclass($1) AND t.tgtype OPERATOR(pg_catalog.&) 1::smallint OPERATOR(pg_catalog.=) 0::smallint"
    " AND t.tgtype OPERATOR(pg_catalog.&) $2::smallint OPERATOR(pg_catalog.<>) 0::smallint"
    " AND t.tgenabled OPERATOR(pg_catalog.<>) 'D' ORDER BY 1";

}  // namespace

Error no_batch(const Text& why, const Text& hint) {
  return {Code::input, concat("this cannot run in batches: ", why), {}, hint};
}

void require_row_by_row(ast::Node statement, BatchTarget& target) {
  if (statement.is("InsertStmt")) look_at_select(statement["selectStmt"], target);
  const ast::Node written = statement["relation"];
  target.written = name_of(written);
  for (const auto& [name, value] : statement.fields())
    if (name != "relation") look_at_reads(value, written, target);
}

void require_row_by_row(postgres::Connection& connection, const BatchTarget& target) {
  const auto called = connection.query(own_aggregate(), std::vector<Parameter>{array_of(target.calls)});
  if (called.rows() > 0) throw no_batch(concat("the aggregate ", called.text(0, 0), " makes one row of all"));
  if (const Text way = way_to_written(connection, target); !way.empty())
    throw no_batch(concat("it reads ", target.written, ", the table that it writes, through ", way,
                          ", so a chunk would see what those before it did"));
  const auto reading = connection.query(
      reading_function(), std::vector<Parameter>{array_of(target.functions), target.written, array_of(target.read)});
  if (reading.rows() > 0)
    throw no_batch(concat("the function ", reading.text(0, 0), " reads ", target.written,
                          ", which the statement writes, so a chunk would see what those before it did"));
}

BatchKey key_to_split_by(postgres::Connection& connection, const BatchTarget& target) {
  BatchKey key = batch_key(connection, target);
  require_row_by_row(connection, target);
  require_keys_stay(connection, target, key);
  return key;
}

std::optional<Error> fault_here(postgres::Connection& connection, const Text& sql) {
  try {
    const BatchTarget target = batch_target(sql);
    const auto there =
        connection.query("SELECT pg_catalog.to_regclass($1) IS NOT NULL AND pg_catalog.to_regclass($2) IS NOT NULL",
                         std::vector<Parameter>{target.table, target.written});
    if (there.text(0, 0) != "t") return std::nullopt;
    key_to_split_by(connection, target);
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    return error;
  }
  return std::nullopt;
}

void require_keys_stay(postgres::Connection& connection, const BatchTarget& target, const BatchKey& key) {
  if (target.assigned.empty()) return;
  const auto computed =
      connection.query(sources_of_generated, std::vector<Parameter>{target.written, array_of(key.columns)});
  for (std::size_t row = 0; row < computed.rows(); ++row)
    if (std::ranges::count(target.assigned, computed.text(row, 1)) > 0)
      throw no_batch(concat("it sets ", computed.text(row, 1), ", from which ", computed.text(row, 0),
                            " is computed, by which its chunks are counted, so that rows would move ahead"));
  const auto moving = connection.query(trigger_and_column(updates_key()),
                                       std::vector<Parameter>{target.written, array_of(key.columns)});
  if (moving.rows() == 0) return;
  throw no_batch(concat("the trigger ", moving.text(0, 0), " updates ", target.written, " and sets ", moving.text(0, 1),
                        ", by which its chunks are counted, so that rows would move ahead"));
}

bool may_move_keys(postgres::Connection& connection, const BatchTarget& target, const BatchKey& key) {
  if (target.assigned.empty()) return false;
  const std::vector<Parameter> asked{target.written, array_of(key.columns)};
  return connection.query(trigger_and_column(runs_before), asked).rows() > 0;
}

List triggers_of_statement(postgres::Connection& connection, const BatchTarget& target) {
  const char* const event = target.table != target.written ? "4" : target.assigned.empty() ? "8" : "16";
  const auto found = connection.query(statement_triggers, std::vector<Parameter>{target.written, event});
  List names;
  for (std::size_t row = 0; row < found.rows(); ++row) names.push_back(found.text(row, 0));
  return names;
}

}  // namespace quoin::runner
