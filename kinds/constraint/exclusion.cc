// Everything quoin knows about exclusion constraints.
#include "core/sql/print.h"
#include "kinds/column/column.h"
#include "kinds/database/extension_dependency.h"
#include "kinds/table/index_marks.h"
#include "kinds/table/partition.h"
#include "kinds/table/table_reading.h"

namespace quoin {
namespace {
Text set_with(const Object& from, const Object& to);
Text set_tablespace(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<List> elements{*this,
                       "elements",
                       "keys, each with the operator no two rows may fulfil",
                       {.role = Role::key, .presence = Presence::filled}};
  Field<Text> method{*this, "method", "access method of its index", {.fallback = "btree"}};
  Field<List> include{*this, "include", "columns that its index holds besides", {.role = Role::column}};
  Field<Text> where{*this, "where", "the rows that it is about", {.role = Role::expression}};
  Field<bool> deferrable{*this, "deferrable", "may be checked at the end of the transaction"};
  Field<bool> initially_deferred{*this, "initially_deferred", "is checked then unless told otherwise"};
  Field<List> with{*this, "with", "storage parameters of its index", {.role = Role::parameter, .alter = set_with}};
  Field<Text> tablespace{*this, "tablespace", "where its index lies", {.alter = set_tablespace}};
  Field<bool> clustered{*this, "clustered", "CLUSTER sorts the table by its index", {.heirs = Heirs::have_their_own}};
  Field<Text> index_comment{
      *this,
      "index_comment",
      "what is said of its index, besides the comment on the constraint",
      {.role = Role::text, .alter = set_index_comment, .heirs = Heirs::have_their_own, .matter = Matter::comment}};
  Field<Text> attached_to{*this,
                          "attached_to",
                          "the constraint of the parent that brings it",
                          {.counts = Counts::derived, .heirs = Heirs::have_their_own}};
} fields;
constexpr IndexMarks marks{fields.clustered, nullptr};

Text set_with(const Object& from, const Object& to) {
  return set_index_parameters(to.id, from[fields.with], to[fields.with]);
}
Text set_tablespace(const Object&, const Object& to) { return set_index_tablespace(to.id, to[fields.tablespace]); }

Text elements_clause(const Object& o) {
  const List elements(o[fields.elements].begin(), o[fields.elements].end());
  return concat("EXCLUDE USING ", quote_ident(o[fields.method]), " (", join(elements, ", "), ")",
                include_clause(o[fields.include]));
}
Text rows_clause(const Object& o) {
  const std::string_view where = o[fields.where];
  return concat(where.empty() ? Text() : concat(" WHERE ", in_parentheses(where)),
                deferral_clause(o, fields.deferrable, fields.initially_deferred));
}
Text merges_as(const Object& o) { return elements_clause(o) + rows_clause(o); }

Steps create(const Object& o) {
  Step step = adding_constraint(o, concat(elements_clause(o), with_clause(o[fields.with]),
                                          index_tablespace_clause(o[fields.tablespace]), rows_clause(o)));
  step.hazards = {{"may-fail", concat(path(o.id), ": fails where two rows exclude each other")}};
  Steps steps = only(std::move(step));
  add_marks(steps, o, marks);
  add_index_comment(steps, o);
  return steps;
}
Change change(const Delta& delta, const Users&) { return change_marks(delta, marks); }

// Its predicate and expressions may compare the column with constants.
Follow on_rebuild(const Delta& o, const Rebuilt& rebuilt, const Users& users) {
  if (changes_meaning(rebuilt.object, users)) return Replaced{};
  return tied_again(follow_by_index(*o.to, (*o.to)[fields.include], rebuilt.object), *o.to, rebuilt, users);
}
void derive(Object& o, Schema& schema) {
  o.put(fields.where, settled(o[fields.where]));
  derive_inheritance(o, schema);
}

Text catalog(int server_version) {
  return concat(R"(
select 2606 as class, k.oid as oid, 0 as sub, 1259 as parent_class, k.conrelid as parent_oid, 0 as parent_sub,
  k.conname as name, array['1259:' || k.conindid || ':0'] as also,
  (select pg_catalog.array_agg(keys.keys[o.at] || ' WITH ' || case when n.nspname = 'pg_catalog' then p.oprname::text
      else pg_catalog.format('OPERATOR(%I.%s)', n.nspname, p.oprname) end order by o.at)
    from pg_catalog.unnest(k.conexclop) with ordinality o(oid, at)
    join pg_catalog.pg_operator p on p.oid = o.oid
    join pg_catalog.pg_namespace n on n.oid = p.oprnamespace) as elements,
  am.amname as method, )",
                index_include(), R"( as include, pg_catalog.pg_get_expr(i.indpred, i.indrelid) as "where",
  k.condeferrable as deferrable, k.condeferred as initially_deferred,
  x.reloptions as "with",
  s.spcname as tablespace)",
                ", i.indisclustered as clustered", attached_constraint(), index_comment_column(), R"(
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_class x on x.oid = k.conindid
join pg_catalog.pg_am am on am.oid = x.relam
join pg_catalog.pg_index i on i.indexrelid = k.conindid
cross join lateral (select )",
                index_keys(server_version), R"( as keys) keys
left join pg_catalog.pg_tablespace s on s.oid = x.reltablespace
where k.contype = 'x' and )",
                users_table("c"));
}

// OPERATOR(s.&&) where the operator has a schema.
Text operator_text(ast::Node names) {
  List parts = names.texts();
  if (parts.size() == 1) return parts[0];
  return concat("OPERATOR(", quote_ident(parts[0]), ".", parts.back(), ")");
}

void read(ast::Node constraint, Reading& reading) {
  const Id table = table_under(reading);
  if (!table) return;
  List elements;
  std::vector<ast::Node> named;
  for (ast::Node pair : constraint["exclusions"]) {
    named.push_back(pair.items()[0]);
    elements.push_back(concat(ast::print(named.back()), " WITH ", operator_text(pair.items()[1])));
  }
  const List include = constraint["including"].texts();
  for (ast::Node column : constraint["including"]) named.push_back(column);
  const List parts = index_column_names(named);
  Object* o =
      reading.make(exclusion_kind, table, index_name(constraint["conname"].text(), {table, parts, "excl"}, reading));
  if (!o) return;
  o->put(fields.elements, elements);
  if (constraint.has("access_method")) o->put(fields.method, Text(constraint["access_method"].text()));
  o->put(fields.include, include);
  if (constraint.has("where_clause")) o->put(fields.where, reading.printed(constraint["where_clause"]));
  o->put(fields.deferrable, constraint["deferrable"].flag());
  o->put(fields.initially_deferred, constraint["initdeferred"].flag());
  o->put(fields.with, parameters(constraint["options"]));
  o->put(fields.tablespace, Text(constraint["indexspace"].text()));
}

Object* like(const Object& original, Id table, const Like& like) {
  if (like.includes(Including::indexes))
    like.reading.unknown(table, concat("LIKE does not take over ", path(original.id), " yet"));
  return nullptr;
}

constexpr StatementReader readers[] = {{"Constraint", "CONSTR_EXCLUSION", read}};
constexpr std::string_view parents[] = {"table"};
}  // namespace

constexpr Kind exclusion_kind{.name = "exclusion",
                              .key = "exclusions",
                              .weight = 150,
                              .fields = fields,
                              .traits = replaceable | dropped_with_parent | dropped_with_column | calls_when_made,
                              .noun = "CONSTRAINT",
                              .object_type = "OBJECT_TABCONSTRAINT",
                              .addressed = &by_relation,
                              .space = space::constraint,
                              .parents = parents,
                              .slots = constraint_and_index_slots,
                              .follows = inherited_from,
                              .merges_as = merges_as,
                              .sql = {.create = create,
                                      .drop = drop_constraint,
                                      .change = change,
                                      .refuses = refuses_of_index,
                                      .on_rebuild = on_rebuild,
                                      .rename = rename_constraint,
                                      .after_leader = keep_name},
                              .reading = {.catalog = catalog, .readers = readers, .derive = derive, .like = like},
                              .yaml = {.mistakable = has_a_double}};
}  // namespace quoin
