// Everything quoin knows about indexes; those of constraints belong to their constraints.
#include "core/model/member.h"
#include "core/model/name.h"
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/column/column.h"
#include "kinds/column/column_fields.h"
#include "kinds/database/extension_dependency.h"
#include "kinds/named.h"
#include "kinds/table/index_marks.h"
#include "kinds/table/partition.h"
#include "kinds/table/table_reading.h"
#include "kinds/users.h"
#include "kinds/view/query.h"

namespace quoin {
namespace {
Text set_with(const Object& from, const Object& to);
Text set_tablespace(const Object& from, const Object& to);
Text set_statistics(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<List> keys{
      *this, "keys", "columns or expressions, in order", {.role = Role::key, .presence = Presence::filled}};
  Field<bool> unique{*this, "unique", "rejects duplicate keys"};
  Field<Text> method{*this, "method", "access method", {.fallback = "btree"}};
  Field<List> include{*this, "include", "columns held besides", {.role = Role::column}};
  Field<bool> nulls_not_distinct{*this, "nulls_not_distinct", "nulls are equal to each other"};
  Field<Text> where{*this, "where", "the rows that it holds", {.role = Role::expression}};
  Field<List> with{*this, "with", "storage parameters", {.role = Role::parameter, .alter = set_with}};
  Field<Text> tablespace{*this, "tablespace", "where it lies", {.alter = set_tablespace}};
  Field<List> statistics{*this,
                         "statistics",
                         "how much ANALYZE collects of expressions, by the number of the key: 2=200",
                         {.role = Role::parameter, .alter = set_statistics, .heirs = Heirs::have_their_own}};
  Field<bool> clustered{*this, "clustered", "CLUSTER sorts the table by it", {.heirs = Heirs::have_their_own}};
  Field<bool> replica_identity{
      *this, "replica_identity", "tells old rows apart in replication", {.heirs = Heirs::have_their_own}};
  Field<bool> only{*this,
                   "only",
                   "is the table's alone: not each of its partitions has one that is attached to it",
                   {.heirs = Heirs::have_their_own}};
  Field<Text> attached_to{
      *this, "attached_to", "the index of the parent that it is a part of", {.heirs = Heirs::have_their_own}};
  Field<List> left_first{*this,
                         "left_first",
                         "how the partitions leave whose keys are parts of it",
                         {.role = Role::text, .counts = Counts::derived}};
  Field<List> joined_after{
      *this, "joined_after", "how they join again", {.role = Role::text, .counts = Counts::derived}};
} fields;
constexpr IndexMarks marks{fields.clustered, &fields.replica_identity};

Text set_with(const Object& from, const Object& to) {
  return set_index_parameters(to.id, from[fields.with], to[fields.with]);
}
Text statistics_of(Id index, std::string_view key, std::string_view target) {
  return concat("ALTER INDEX ", address(index), " ALTER COLUMN ", key, " SET STATISTICS ", target);
}
List all_statistics(const Object& o) {
  List all;
  for (const Text& one : o[fields.statistics])
    all.push_back(statistics_of(o.id, one.substr(0, one.find('=')), one.substr(one.find('=') + 1)));
  return all;
}
Text set_statistics(const Object& from, const Object& to) {
  List all;
  for (const Text& one : from[fields.statistics])
    all.push_back(statistics_of(to.id, one.substr(0, one.find('=')), "-1"));
  const List wanted = all_statistics(to);
  all.insert(all.end(), wanted.begin(), wanted.end());
  return join(all, ";\n");
}
Text set_tablespace(const Object&, const Object& to) { return set_index_tablespace(to.id, to[fields.tablespace]); }

Steps create(const Object& o) {
  const List keys(o[fields.keys].begin(), o[fields.keys].end());
  const std::string_view method = o[fields.method], place = o[fields.tablespace], where = o[fields.where];
  Text sql = concat(o[fields.unique] ? "CREATE UNIQUE INDEX " : "CREATE INDEX ", quote_ident(o.id->name),
                    o[fields.only] ? " ON ONLY " : " ON ", qualified(o.id->parent));
  if (o.has(fields.method)) sql += " USING " + quote_ident(method);
  sql += concat(" (", join(keys, ", "), ")", include_clause(o[fields.include]));
  if (o[fields.nulls_not_distinct]) sql += " NULLS NOT DISTINCT";
  sql += with_clause(o[fields.with]);
  if (!place.empty()) sql += " TABLESPACE " + quote_ident(place);
  if (!where.empty()) sql += concat(" WHERE ", where);
  Step step = making(o, std::move(sql));
  if (o[fields.unique]) step.hazards = {{"may-fail", concat(path(o.id), ": fails where rows share a key")}};
  Steps steps = only(std::move(step));
  for (Text& statistics : all_statistics(o)) steps.push_back({.sql = std::move(statistics), .needs = {o.id}});
  add_attachment(steps, o);
  add_marks(steps, o, marks);
  return steps;
}
Change change(const Delta& delta, const Users& users) { return change_attached(delta, marks, users); }

// A key that is a part of it keeps it from going, but where the key's table has left.
Steps drop(const Object& o) {
  List all(o[fields.left_first].begin(), o[fields.left_first].end());
  all.push_back(concat("DROP INDEX ", address(o.id)));
  all.insert(all.end(), o[fields.joined_after].begin(), o[fields.joined_after].end());
  Steps steps = dropping_by(o, std::move(all));
  free_key(steps, o);
  return steps;
}

// A column's name, whatever follows it: "a gist_trgm_ops (siglen='32')".
bool is_plain(std::string_view key) {
  return key.starts_with('"') || key.substr(0, key.find(' ')).find('(') == key.npos;
}
bool has_constants(const Object& o) {
  const Text text = concat(o[fields.where], " ", join(o[fields.keys], " "));
  return text.find('\'') != text.npos || lower(text).find(" in (") != text.npos || text.find('[') != text.npos;
}

// The server rebuilds an index under a column that changes its type, by the text that it shows of it. Constants in that
// may have a type; whether they still read the same is known where it has shown both sides.
Follow on_rebuild(const Delta& index, const Rebuilt& rebuilt, const Users& users) {
  const Object& o = *index.to;
  if (rebuilt.object.id->kind != &column_kind) return follow_part(rebuilt.object.id, o, users);
  const bool plain = o[fields.where].empty() && std::ranges::all_of(o[fields.keys], is_plain);
  const bool in_servers_words = users.from.major != 0 && users.from.major == users.to.major;
  if (!plain && (changes_meaning(rebuilt.object, users) || (!in_servers_words && has_constants(o)))) return Replaced{};
  return tied_again(follow_by_index(o, o[fields.include], rebuilt.object), o, rebuilt, users);
}

bool surely_holds(const Object& o, const Schema& schema) {
  const Object* view = o[fields.where].empty() ? schema.find(o.id->parent) : nullptr;
  const FieldBase* query = view ? view->id->kind->fields.find("query") : nullptr;
  const auto* text = query ? std::get_if<Text>(&view->value(*query)) : nullptr;
  return text && gives_each_once(*text, List(o[fields.keys].begin(), o[fields.keys].end()));
}

// Of a column or a domain, where it says none that of its type.
Text own_collation(const Object* typed, const Schema& schema) {
  while (typed) {
    const auto text_of = [&](std::string_view name) {
      const FieldBase* field = typed->id->kind->fields.find(name);
      const auto* text = field ? std::get_if<Text>(&typed->value(*field)) : nullptr;
      return text ? *text : Text();
    };
    if (Text said = text_of("collation"); !said.empty()) return said;
    const Text type = text_of("type");
    const std::string_view element = std::string_view(type).substr(0, type.find("[]"));
    if (element == "name") return "\"C\"";
    typed = schema.find(named(domain_kind, element, schema));
  }
  return "default";
}

bool is_same_collation(std::string_view said, std::string_view own) {
  const List a = name_parts(said), b = name_parts(own);
  const auto schema = [](const List& parts) { return parts.size() > 1 ? parts[0] : Text("pg_catalog"); };
  return a.back() == b.back() && schema(a) == schema(b);
}

// A key's collation that is the column's own is not shown by the server (pg_get_indexdef).
Text without_own_collation(std::string_view key, Id relation, const Schema& schema) {
  constexpr std::string_view sign = "COLLATE ";
  const Member named = member_of(key);
  if (!named.rest.starts_with(sign)) return Text(key);
  const Member collated = member_of(named.rest.substr(sign.size()));
  const Object* column = schema.find(column_kind, relation, unquote_ident(named.name));
  if (!column || !is_same_collation(collated.name, own_collation(column, schema))) return Text(key);
  return concat(named.name, collated.rest.empty() ? "" : " ", collated.rest);
}

void derive(Object& o, Schema& schema) {
  derive_marks(o, schema, marks);
  derive_inheritance(o, schema);
  o.put(fields.where, settled(o[fields.where]));
  List keys(o[fields.keys].begin(), o[fields.keys].end());
  for (Text& key : keys) {
    if (key.starts_with("((") && key.ends_with("))")) key = in_parentheses(without_parentheses(key));
    key = without_own_collation(key, o.id->parent, schema);
  }
  o.put(fields.keys, std::move(keys));
}

Text catalog(int server_version) {
  return concat(R"(
select 1259 as class, x.oid as oid, 0 as sub, 1259 as parent_class, i.indrelid as parent_oid, 0 as parent_sub,
  x.relname as name, )",
                index_keys(server_version), " as keys, i.indisunique as unique, am.amname as method, ", index_include(),
                " as include", server_version >= 150000 ? ", i.indnullsnotdistinct as nulls_not_distinct" : "", R"(,
  pg_catalog.pg_get_expr(i.indpred, i.indrelid) as "where",
  x.reloptions as "with",
  s.spcname as tablespace,
  case when not i.indisvalid and c.relkind <> 'p' then '' end as "~invalid")",
                marks_catalog(), attached_index(), R"(, c.relkind = 'p' and not i.indisvalid as only,
  case when i.indexprs is not null then (select pg_catalog.array_agg(xs.attnum || '=' || xs.attstattarget order by xs.attnum)
    from pg_catalog.pg_attribute xs where xs.attrelid = x.oid and xs.attstattarget >= 0) end as statistics
from pg_catalog.pg_index i
join pg_catalog.pg_class x on x.oid = i.indexrelid
join pg_catalog.pg_am am on am.oid = x.relam
join pg_catalog.pg_class c on c.oid = i.indrelid
left join pg_catalog.pg_tablespace s on s.oid = x.reltablespace
where i.indexrelid not in (select k.conindid from pg_catalog.pg_constraint k where k.contype in ('p', 'u', 'x'))
  and c.relkind in ('r', 'p', 'm') and c.oid >= 16384)");
}

void read_create(ast::Node statement, Reading& reading) {
  const Id relation = reading.find(space::relation, statement["relation"]);
  if (!relation || (relation->kind != &table_kind && relation->kind != &materialized_view_kind)) return;
  const List columns = index_column_names(together(statement["indexParams"], statement["indexIncludingParams"]));
  const Text name = index_name(statement["idxname"].text(), {relation, columns, "idx"}, reading);
  const Existing existing = statement["if_not_exists"].flag() ? Existing::keep : Existing::error;
  Object* o = reading.make(index_kind, relation, name, existing);
  if (!o) return;
  List keys;
  for (ast::Node key : statement["indexParams"]) keys.push_back(reading.printed(key));
  o->put(fields.keys, std::move(keys));
  o->put(fields.unique, statement["unique"].flag());
  o->put(fields.only, !statement["relation"]["inh"].flag() && !partitions_of(relation, reading.schema()).empty());
  if (statement.has("accessMethod")) o->put(fields.method, Text(statement["accessMethod"].text()));
  o->put(fields.include, bare_names(statement["indexIncludingParams"]));
  o->put(fields.nulls_not_distinct, statement["nulls_not_distinct"].flag());
  if (statement.has("whereClause")) o->put(fields.where, reading.printed(statement["whereClause"]));
  o->put(fields.with, parameters(statement["options"]));
  o->put(fields.tablespace, Text(statement["tableSpace"].text()));
}
void read_parameters(ast::Node command, Reading& reading) {
  Object* o = reading.change(reading.subject());
  if (o && o->id->kind == &index_kind) o->put(fields.with, parameters_after((*o)[fields.with], command));
}
void read_tablespace(ast::Node command, Reading& reading) {
  Object* o = reading.change(reading.subject());
  if (o && o->id->kind == &index_kind) o->put(fields.tablespace, Text(command["name"].text()));
}

void read_statistics(ast::Node command, Reading& reading) {
  Object* o = reading.change(reading.subject());
  if (!o || o->id->kind != &index_kind) return;
  const Text number = std::to_string(command["num"].number());
  const auto before = (*o)[fields.statistics];
  List all(before.begin(), before.end());
  std::erase_if(all, [&](const Text& one) { return one.starts_with(number + "="); });
  if (command.has("def") && command["def"].number() >= 0)
    all.push_back(concat(number, "=", std::to_string(command["def"].number())));
  std::ranges::sort(all);
  o->put(fields.statistics, std::move(all));
}

// The server names the copies anew, as if they had been written without a name.
Object* like(const Object& original, Id table, const Like& like) {
  if (!like.includes(Including::indexes)) return nullptr;
  const ast::Tree tree = ast::Tree::parse(concat("CREATE INDEX ON t (", join(original[fields.keys], ", "), ")"));
  List names = index_column_names(together(tree.statements()[0].node["indexParams"], ast::Node()));
  for (const Text& included : original[fields.include]) add_index_column(names, included);
  return without_marks(copied(original, table, index_name("", {table, names, "idx"}, like.reading), like.reading));
}

constexpr StatementReader readers[] = {
    {"IndexStmt", "", read_create, Lock::share},
    {"AlterTableCmd", "AT_SetRelOptions", read_parameters, Lock::share_update_exclusive},
    {"AlterTableCmd", "AT_ResetRelOptions", read_parameters, Lock::share_update_exclusive},
    {"AlterTableCmd", "AT_SetTableSpace", read_tablespace},
    {"AlterTableCmd", "AT_SetStatistics", read_statistics, Lock::share_update_exclusive}};
constexpr std::string_view parents[] = {"table", "materialized view"};
}  // namespace

constexpr Kind index_kind{
    .name = "index",
    .key = "indexes",
    .weight = 200,
    .fields = fields,
    .traits = named_in_schema | replaceable | dropped_with_parent | dropped_with_column | calls_when_made,
    .noun = "INDEX",
    .object_type = "OBJECT_INDEX",
    .space = space::relation,
    .parents = parents,
    .follows = inherited_from,
    .creates_followers = brings_parts,
    .sql = {.create = create,
            .drop = drop,
            .change = change,
            .refuses = refuses_of_index,
            .on_rebuild = on_rebuild,
            .after_leader = keep_name},
    .cost = {.surely_holds = surely_holds},
    .reading = {.catalog = catalog, .readers = readers, .derive = derive, .like = like},
    .yaml = {.mistakable = has_a_double}};
}  // namespace quoin
