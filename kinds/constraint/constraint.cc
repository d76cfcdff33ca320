#include "kinds/constraint/constraint.h"

#include "kinds/table/index_marks.h"
#include "kinds/table/partition.h"

namespace quoin {

namespace {
std::string_view parameter_name(std::string_view parameter) { return parameter.substr(0, parameter.find('=')); }
std::string_view parameter_value(std::string_view parameter) {
  const auto equals = parameter.find('=');
  return equals == std::string_view::npos ? std::string_view("true") : parameter.substr(equals + 1);
}
bool names(std::span<const Text> parameters, std::string_view name) {
  return std::ranges::any_of(parameters, [&](const Text& p) { return parameter_name(p) == name; });
}
// "toast.autovacuum_enabled": each part quoted for itself.
Text dotted(std::string_view name) {
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return quote_ident(name);
  return concat(quote_ident(name.substr(0, dot)), ".", quote_ident(name.substr(dot + 1)));
}
}  // namespace

Text alter_table(Id table, std::string_view action) { return concat("ALTER TABLE ", qualified(table), " ", action); }
Text alter_column(Id column, std::string_view action) {
  return alter_table(column->parent, concat("ALTER COLUMN ", quote_ident(column->name), " ", action));
}

Text with_terms(std::span<const Text> parameters) {
  List terms;
  for (const Text& parameter : parameters) {
    const std::string_view value = parameter_value(parameter);
    const bool plain = !value.empty() && value.find_first_not_of("0123456789.") == value.npos;
    terms.push_back(concat(dotted(parameter_name(parameter)), "=",
                           plain || quote_ident(value) == value ? Text(value) : quote_literal(value)));
  }
  return join(terms, ", ");
}

// SET puts what it sets behind what is there (transformRelOptions() does), so what would come too early is set again.
Text change_parameters(std::span<const Text> from, std::span<const Text> to, std::string_view verb) {
  List gone, given, after, actions;
  for (const Text& parameter : from) {
    if (!names(to, parameter_name(parameter))) gone.push_back(dotted(parameter_name(parameter)));
    if (std::ranges::count(to, parameter)) after.push_back(parameter);
  }
  for (const Text& parameter : to)
    if (!std::ranges::count(from, parameter)) given.push_back(parameter);
  after.insert(after.end(), given.begin(), given.end());
  if (!given.empty() && !std::ranges::equal(after, to)) given.assign(to.begin(), to.end());
  if (!gone.empty()) actions.push_back(concat("RESET (", join(gone, ", "), ")"));
  if (!given.empty()) actions.push_back(concat("SET (", with_terms(given), ")"));
  return concat(verb, " ", join(actions, ", "));
}

// Where the parenthesis at the start is closed; npos where it is not, or where a string makes that hard to tell.
static std::size_t closing_parenthesis(std::string_view sql) {
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const char c = sql[i];
    if (quote) {
      if (c == quote) quote = 0;
      continue;
    }
    if (c == '\'' || c == '"') quote = c;
    if (c == '$' || c == '\\') return sql.npos;  // a string of another kind: no need to look closer
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (depth == 0) return i;
  }
  return sql.npos;
}

static bool is_enclosed(std::string_view sql) {
  return sql.starts_with('(') && closing_parenthesis(sql) == sql.size() - 1;
}

static bool begins_with_any(std::string_view sql, std::initializer_list<std::string_view> words) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto end = std::ranges::find_if_not(sql, is_letter) - sql.begin();
  return std::ranges::count(words, lower(sql.substr(0, static_cast<std::size_t>(end)))) > 0;
}

// A query is an expression only in parentheses: `(SELECT 1)`, `((SELECT 1) UNION (SELECT 2))`.
static bool is_query(std::string_view sql) {
  sql = trim(sql);
  if (sql.starts_with('(')) {
    const std::string_view rest = trim(sql.substr(closing_parenthesis(sql) + 1));
    return begins_with_any(rest, {"union", "intersect", "except", "order", "limit", "offset", "fetch", "for"});
  }
  return begins_with_any(sql, {"select", "with", "values", "table"});
}

static bool is_enclosed_expression(std::string_view sql) {
  return is_enclosed(sql) && !is_query(sql.substr(1, sql.size() - 2));
}

Text in_parentheses(std::string_view expression) {
  return is_enclosed_expression(expression) ? Text(expression) : concat("(", expression, ")");
}

Text without_parentheses(std::string_view expression) {
  while (is_enclosed_expression(expression)) expression = trim(expression.substr(1, expression.size() - 2));
  return Text(expression);
}

Text columns_clause(std::span<const Text> columns) { return concat("(", quoted_list(columns), ")"); }
Text include_clause(std::span<const Text> columns) {
  return columns.empty() ? Text() : concat(" INCLUDE ", columns_clause(columns));
}
Text with_clause(std::span<const Text> parameters) {
  return parameters.empty() ? Text() : concat(" WITH (", with_terms(parameters), ")");
}
Text index_tablespace_clause(std::string_view tablespace) {
  return tablespace.empty() ? Text() : concat(" USING INDEX TABLESPACE ", quote_ident(tablespace));
}
Text deferral_clause(const Object& object, const Field<bool>& deferrable, const Field<bool>& initially_deferred) {
  if (object[initially_deferred]) return " DEFERRABLE INITIALLY DEFERRED";
  return object[deferrable] ? " DEFERRABLE" : "";
}

Step adding_constraint(const Object& constraint, std::string_view definition) {
  Step step = making(constraint, concat("CONSTRAINT ", quote_ident(constraint.id->name), " ", definition));
  step.prefix = alter_table(constraint.id->parent, "ADD ");
  step.host = constraint.id->parent;
  return step;
}
Step adding_key(const Object& key, std::string_view definition) {
  Step step = adding_constraint(key, definition);
  if (brings_parts(key)) return step;
  step.prefix = concat("ALTER TABLE ONLY ", qualified(key.id->parent), " ADD ");
  step.host = Id();  // partitions have to be there before it
  return step;
}
Steps drop_constraint(const Object& constraint) {
  const Text action = concat("DROP CONSTRAINT ", quote_ident(constraint.id->name));
  return only(dropping(constraint, alter_table(constraint.id->parent, action)));
}
Text rename_constraint(Id id, std::string_view new_name) {
  return alter_table(id->parent, concat("RENAME CONSTRAINT ", quote_ident(id->name), " TO ", quote_ident(new_name)));
}
Slots constraint_and_index_slots(const Object& o) {
  Slots all = own_slot(o);
  all.push_back({space::relation, schema_of(o.id), o.id->name, {}});
  return all;
}

bool server_follows(const Object& user, const Object& rebuilt) {
  const Id relation = relation_of(user);
  if (rebuilt.id == relation) return true;
  const bool own_column = rebuilt.id->kind == &column_kind && rebuilt.id->parent == relation;
  return own_column && !rebuilt.has(*column_kind.fields.find("generated"));
}

// The server rebuilds an index with the column, and foreign keys with the columns that they refer to; not those that
// rest on an index of which only a column held besides changes.
Follow follow_by_index(const Object& user, std::span<const Text> include, const Object& rebuilt) {
  if (!server_follows(user, rebuilt)) return Replaced{};
  const bool besides = rebuilt.id->kind == &column_kind && std::ranges::count(include, rebuilt.id->name) > 0;
  return besides ? Follow(RemadeByServer{}) : Follow(Unaffected{});
}

Text set_index_tablespace(Id index, std::string_view tablespace) {
  return concat("ALTER INDEX ", qualified(index), " SET TABLESPACE ",
                tablespace.empty() ? Text("pg_default") : quote_ident(tablespace));
}
Text set_index_parameters(Id index, std::span<const Text> from, std::span<const Text> to) {
  return change_parameters(from, to, concat("ALTER INDEX ", qualified(index)));
}

Text KeyFields::set_with(const Object& from, const Object& to) {
  const KeyFields& fields = static_cast<const KeyFields&>(to.id->kind->fields);
  return set_index_parameters(to.id, from[fields.with], to[fields.with]);
}
Text KeyFields::set_tablespace(const Object&, const Object& to) {
  const KeyFields& fields = static_cast<const KeyFields&>(to.id->kind->fields);
  return set_index_tablespace(to.id, to[fields.tablespace]);
}

Text set_index_comment(const Object&, const Object& to) {
  const auto* text = std::get_if<Text>(&to.value(*to.id->kind->fields.find("index_comment")));
  return concat("COMMENT ON INDEX ", qualified(to.id), " IS ", text ? quote_literal(*text) : Text("NULL"));
}
void add_index_comment(Steps& steps, const Object& o) {
  if (o.has(*o.id->kind->fields.find("index_comment")))
    steps.push_back({.sql = set_index_comment(o, o), .needs = {o.id}});
}
std::string_view index_comment_column() {
  return R"(, (select d.description from pg_catalog.pg_description d
    where d.classoid = 1259 and d.objoid = k.conindid and d.objsubid = 0) as index_comment)";
}

Slot key_slot(Id table, std::span<const Text> columns) {
  List sorted(columns.begin(), columns.end());
  std::ranges::sort(sorted);
  return {"key", table, columns_clause(sorted), {}};
}
List unique_columns(const Object& o) {
  const Id id = o.id;
  if (id->kind == &primary_key_kind || id->kind == &unique_kind) {
    const auto columns = o[static_cast<const KeyFields&>(id->kind->fields).columns];
    return {columns.begin(), columns.end()};
  }
  if (id->kind != &index_kind || !o.has(*index_kind.fields.find("unique"))) return {};
  if (o.has(*index_kind.fields.find("where"))) return {};
  const auto* keys = std::get_if<List>(&o.value(*index_kind.fields.find("keys")));
  List columns = keys ? *keys : List();  // a mistake in a file may have left none
  for (Text& column : columns)
    if (column.ends_with('"')) column = unquote_ident(column);
  return columns;
}

void free_key(Steps& dropping, const Object& o) {
  if (const List columns = unique_columns(o); !columns.empty())
    dropping.front().frees_shared.push_back(key_slot(o.id->parent, columns));
}
Steps drop_key(const Object& o) {
  Steps steps = drop_constraint(o);
  free_key(steps, o);
  return steps;
}

Text key_merges_as(const Object& o) {
  const KeyFields& fields = static_cast<const KeyFields&>(o.id->kind->fields);
  return concat(o[fields.nulls_not_distinct] ? "NULLS NOT DISTINCT " : "", columns_clause(o[fields.columns]),
                o[fields.without_overlaps] ? " WITHOUT OVERLAPS" : "", include_clause(o[fields.include]),
                deferral_clause(o, fields.deferrable, fields.initially_deferred));
}

Text key_definition(const Object& o, const KeyFields& fields) {
  const List columns(o[fields.columns].begin(), o[fields.columns].end());
  return concat(o[fields.nulls_not_distinct] ? " NULLS NOT DISTINCT " : " ", "(", quoted_list(columns),
                o[fields.without_overlaps] ? " WITHOUT OVERLAPS)" : ")", include_clause(o[fields.include]),
                with_clause(o[fields.with]), index_tablespace_clause(o[fields.tablespace]),
                deferral_clause(o, fields.deferrable, fields.initially_deferred));
}

Text key_catalog(int server_version, char contype) {
  const Text type(1, contype);
  return concat(R"(
select 2606 as class, k.oid as oid, 0 as sub, 1259 as parent_class, k.conrelid as parent_oid, 0 as parent_sub,
  k.conname as name, array['1259:' || k.conindid || ':0'] as also, )",
                "k.conkey as \"#columns\", ", index_include(), " as include",
                server_version >= 150000 ? ", i.indnullsnotdistinct as nulls_not_distinct" : "",
                server_version >= 180000 ? ", k.conperiod as without_overlaps" : "", R"(,
  k.condeferrable as deferrable, k.condeferred as initially_deferred,
  x.reloptions as "with", s.spcname as tablespace)",
                marks_catalog(), attached_constraint(), backed_index(), index_comment_column(),
                R"(, c.relkind = 'p' and not i.indisvalid as only
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_class x on x.oid = k.conindid
join pg_catalog.pg_index i on i.indexrelid = k.conindid
left join pg_catalog.pg_tablespace s on s.oid = x.reltablespace
where k.contype = ')",
                type, "' and ", users_table("c"));
}

}  // namespace quoin
