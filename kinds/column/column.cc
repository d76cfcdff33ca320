// Everything quoin knows about columns of tables. Default, identity and not null are kinds of their own.
#include "kinds/column/column.h"

#include "kinds/access/grantable.h"
#include "kinds/column/column_fields.h"
#include "kinds/table/inheritance.h"
#include "kinds/table/table_fields.h"
#include "kinds/table/table_reading.h"
#include "kinds/table/typed.h"
#include "kinds/type/type_use.h"

namespace quoin {
namespace {
constexpr const ColumnFields& fields = column_fields;

bool is_virtual(const Object& column) { return column[fields.generated_kind] == "virtual"; }

Text definition(const Object& column) {
  Text sql = concat(quote_ident(column.id->name), " ", column[fields.type]);
  if (column.has(fields.compression)) sql += concat(" COMPRESSION ", column[fields.compression]);
  if (column.has(fields.collation)) sql += concat(" COLLATE ", column[fields.collation]);
  if (column.has(fields.generated) && !column[fields.computed_alike])
    sql += concat(" GENERATED ALWAYS AS ", in_parentheses(column[fields.generated]),
                  is_virtual(column) ? " VIRTUAL" : " STORED");
  return sql;
}

// No heir takes them over, nor statistics where it is made later.
Steps set_options(const Object& column) {
  if (!column.has(fields.options)) return {};
  return only(
      {.sql = alter_column(column.id, concat("SET (", with_terms(column[fields.options]), ")")), .needs = {column.id}});
}

Steps set_what_is_not_taken_over(const Object& column) {
  Steps steps = set_options(column);
  if (column.has(fields.statistics))
    steps.push_back({.sql = fields.statistics.alter(column, column), .needs = {column.id}});
  return steps;
}

Steps create(const Object& column) {
  Step step = making(column, definition(column));
  forget_leader(step, column);
  step.prefix = alter_table(column.id->parent, "ADD COLUMN ");
  step.separator = " ";
  step.host = column.id->parent;
  if (column.has(fields.generated) && !is_virtual(column))
    step.alone = {
        {"rewrite", concat(path(column.id), " is computed for every row of the table, under an exclusive lock")}};
  Steps steps = only(std::move(step));
  for (const FieldBase* field :
       {static_cast<const FieldBase*>(&fields.storage), static_cast<const FieldBase*>(&fields.statistics)})
    if (column.has(*field)) steps.push_back({.sql = field->alter(column, column), .needs = {column.id}});
  std::ranges::move(set_options(column), std::back_inserter(steps));
  return steps;
}

}  // namespace

Hazard rewrite_by_new_column(Id column) {
  return {"rewrite", concat(path(column),
                            " gets a value of its own in each row: rewrites the table under an exclusive"
                            " lock")};
}

namespace {
Steps drop(const Object& column) {
  return only(dropping(column, alter_table(column.id->parent, concat("DROP COLUMN ", quote_ident(column.id->name)))));
}

Text rename(Id column, std::string_view new_name) {
  return alter_table(column->parent,
                     concat("RENAME COLUMN ", quote_ident(column->name), " TO ", quote_ident(new_name)));
}

// Only what is computed may go and come back: no row loses what it cannot have again.
Steps made_anew(const Object& from, const Object& to) {
  Steps steps = drop(from);
  for (Step& step : create(to)) steps.push_back(std::move(step));
  return steps;
}

// The server forgets them where the type is altered; in one statement it sets them after that.
Text put_back_by_type(const Delta& delta) {
  Text sql;
  for (const FieldBase* field :
       {static_cast<const FieldBase*>(&fields.storage), static_cast<const FieldBase*>(&fields.compression)})
    if (delta.to->has(*field) && delta.from->value(*field) == delta.to->value(*field))
      sql += concat(", ALTER COLUMN ", quote_ident(delta.id->name), " SET ", upper(field->name), " ",
                    upper(as_text(delta.to->value(*field))));
  return sql;
}

Step retyped(const Delta& delta, std::string_view using_what) {
  const Object& to = *delta.to;
  Text action = concat("TYPE ", to[fields.type]);
  if (to.has(fields.collation)) action += concat(" COLLATE ", to[fields.collation]);
  Step step = rebuilding(
      delta, concat("ALTER COLUMN ", quote_ident(to.id->name), " ", action, using_what, put_back_by_type(delta)));
  step.shares = to.id->parent;
  step.prefix = alter_table(to.id->parent, "");
  step.releases = delta.from->needs;  // a type that is made anew: its old self goes after this
  return step;
}

Steps drop_expression(const Delta& delta) {
  if (is_virtual(*delta.from)) return {};
  return {in_place(delta, alter_column(delta.id, "DROP EXPRESSION"))};
}

// Rows of a table that lie in another's column stay as they are, so the server lets none of its columns change its type
// or come with a value.
bool is_in_partition_key(Id column, const Schema& schema) {
  const Object* table = schema.find(column->parent);
  if (!table || table->id->kind != &table_kind || !table->has(table_fields.partition_by)) return false;
  const std::string_view key = (*table)[table_fields.partition_by];
  const Text name = quote_ident(column->name);
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '"'; };
  for (std::size_t at = key.find(name); at != key.npos; at = key.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_word(key[at - 1])) && (end == key.size() || !is_word(key[end]))) return true;
  }
  return false;
}

std::optional<Cannot> held_elsewhere(Id column, std::string_view what, const Users& users) {
  if (is_in_partition_key(column, users.from))
    return Cannot{concat(what, ", which the server refuses where rows are parted by it")};
  const std::vector<Id>& holders = users.storing(column->parent);
  if (holders.empty()) return std::nullopt;
  return Cannot{concat(what, ", which the server refuses where rows of its table lie in ", paths(holders))};
}

Change change_definition(const Delta& delta, const Users& users) {
  const Object &from = *delta.from, &to = *delta.to;
  const bool was = from.has(fields.generated), is = to.has(fields.generated);
  const bool type_changes = delta.touches(fields.type) || delta.touches(fields.collation);
  if (type_changes || is)
    if (auto cannot = held_elsewhere(to.id, type_changes ? "its type changes" : "it is computed", users))
      return *cannot;
  if (was && is) return made_anew(from, to);
  if (is || (was && is_virtual(from))) {
    Steps steps = made_anew(from, to);
    steps.front().hazards.push_back(
        {"data-loss",
         concat(path(delta.id), is ? " is dropped and made anew: what its rows hold is computed from now on"
                                   : " is dropped and made anew: it was never stored, so rows hold null")});
    return steps;
  }
  Steps steps = was ? drop_expression(delta) : Steps();
  if (!type_changes) return steps;
  if (to.id->parent->kind == &foreign_table_kind) {  // holds no values to convert
    steps.push_back(retyped(delta, ""));
    return steps;
  }
  const Typed before{from[fields.type], from, users.from}, after{to[fields.type], to, users.to};
  Step step = retyped(delta, using_clause(to.id->name, before, after));
  step.hazards = conversion_hazards(path(to.id), before, after);
  steps.push_back(std::move(step));
  return steps;
}

Change change(const Delta& delta, const Users& users) {
  Delta rest = delta;
  rest.changed.reset(fields.options.ordinal);
  Change change = rest.changed.any() ? change_definition(rest, users) : Change(Steps());
  auto* steps = std::get_if<Steps>(&change);
  if (steps && delta.touches(fields.options))
    steps->push_back(in_place(delta, change_parameters((*delta.from)[fields.options], (*delta.to)[fields.options],
                                                       alter_column(delta.id, ""))));
  return change;
}

// Under a column that it is computed from, or a routine, it goes and comes back; under its own type its rows follow.
Follow on_rebuild(const Delta& column, const Rebuilt& rebuilt, const Users& users) {
  const Object &from = *column.from, &to = *column.to;
  const bool computed = to.has(fields.generated);
  if (rebuilt.object.id == to.id->parent) return Unaffected{};
  if (!computed && rebuilt.manner == Rebuilt::Manner::in_place) return Unaffected{};
  if (auto cannot = held_elsewhere(to.id, concat("it follows ", path(rebuilt.object.id)), users)) return *cannot;
  if (computed) return made_anew(from, to);
  if (to.id->parent->kind == &foreign_table_kind) return only(retyped(column, ""));
  const Text cast = conversion({from[fields.type], from, users.from}, {to[fields.type], to, users.to});
  Step step = retyped(column, cast.empty() ? Text() : concat(" USING ", quote_ident(to.id->name), cast));
  step.hazards = hazards_below(from, users);
  step.hazards.push_back(
      {"rewrite", concat(path(to.id), " follows its type: rewrites every row of the table under an exclusive lock")});
  return only(std::move(step));
}

bool has_condition(Id domain, const Schema& schema) {
  const Object* object = schema.find(domain);
  bool found =
      object && (object->has(*domain_kind.fields.find("not_null")) || object->has(*domain_kind.fields.find("default")));
  schema.each_child(domain, [&](const Object& child) { found |= child.id->kind == &domain_check_kind; });
  return found;
}

// A new column of a table that stays.
Follow admit(const Object& column, const Users& users) {
  bool valued = column.has(fields.generated) && !is_virtual(column);
  users.to.each_child(column.id, [&](const Object& child) {
    valued |= child.id->kind == &default_kind || child.id->kind == &identity_kind;
  });
  for (Id used : column.needs) valued |= used->kind == &domain_kind && has_condition(used, users.to);
  if (!valued || !users.from.find(column.id->parent) || users.from.find(column.id)) return Unaffected{};
  if (auto cannot = held_elsewhere(column.id,
                                   "it is new and comes with a default, an identity, an expression or "
                                   "a domain's condition",
                                   users))
    return *cannot;
  return Unaffected{};
}

Text catalog(int server_version) {
  return concat(
      R"(
select 1259 as class, a.attrelid as oid, a.attnum as sub, 1259 as parent_class, a.attrelid as parent_oid,
  0 as parent_sub, a.attname as name,
  case when d.oid is not null then array['2604:' || d.oid || ':0'] end as also,
  pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
  case when a.attcollation <> t.typcollation then (select pg_catalog.format('%I.%I', n.nspname, l.collname)
    from pg_catalog.pg_collation l join pg_catalog.pg_namespace n on n.oid = l.collnamespace
    where l.oid = a.attcollation) end as collation,
  pg_catalog.pg_get_expr(d.adbin, d.adrelid) as generated,
  case a.attgenerated when 'v' then 'virtual' when 's' then 'stored' end as generated_kind,
  case when a.attstorage <> t.typstorage then case a.attstorage when 'p' then 'plain' when 'e' then 'external'
    when 'x' then 'extended' else 'main' end end as storage,
  )",
      server_version >= 140000 ? "case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end" : "null::text",
      R"( as compression,
  nullif(a.attstattarget, -1) as statistics,
  a.attinhcount > 0 and not a.attislocal and not c.relispartition as inherited,
  case when a.attoptions::text like '%n_distinct%' then (select pg_catalog.array_agg(o order by o)
    from pg_catalog.unnest(a.attoptions) o where o like 'n\_distinct%') end as options
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid
  and d.adnum = case when a.attgenerated <> '' then a.attnum end
where a.attnum > 0 and not a.attisdropped and )",
      users_table("c"), " order by a.attrelid, a.attnum");
}

void derive(Object& column, Schema& schema) {
  column.put(fields.generated, without_parentheses(column[fields.generated]));
  derive_typed_column(column, schema);
  derive_inheritance(column, schema);
  const Object* leader = own_besides(column) ? schema.find(inherited_from(column)) : nullptr;
  column.put(fields.computed_alike, leader && leader->has(fields.generated) &&
                                        without_parentheses((*leader)[fields.generated]) == column[fields.generated]);
}

Object* like(const Object& original, Id table, const Like& like) {
  Object* column = copied(original, table, original.id->name, like.reading);
  if (!column) return nullptr;
  const auto forget_unless = [&](Including option, std::initializer_list<const FieldBase*> rows) {
    for (const FieldBase* row : rows)
      if (!like.includes(option)) column->put(*row, Value());
  };
  column->put(fields.inherited, Value());
  forget_unless(Including::generated, {&fields.generated, &fields.generated_kind});
  forget_unless(Including::storage, {&fields.storage});
  forget_unless(Including::compression, {&fields.compression});
  forget_unless(Including::statistics, {&fields.statistics});
  column->put(fields.options, Value());
  return column;
}

constexpr std::string_view parents[] = {"table", "foreign table"};

// What heirs have of it their own columns tell.
Text alter_it_alone(const Object& to, std::string_view action) {
  if (!to.has(fields.has_heirs)) return alter_column(to.id, action);
  return concat("ALTER TABLE ONLY ", qualified(to.id->parent), " ALTER COLUMN ", quote_ident(to.id->name), " ", action);
}

Text access_lists(int) {
  return concat(R"(
  select 1259, a.attrelid, a.attnum, c.relowner, a.attacl, null::pg_catalog.aclitem[]
  from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
  where a.attacl is not null and not a.attisdropped and )",
                users_table("c"));
}
constexpr Rights rights{"TABLE", &sort_of_columns, access_lists};
}  // namespace

Text ColumnFields::set_storage(const Object& from, const Object& to) {
  const std::string_view storage = to[fields.storage];
  if (storage.empty() && from[fields.type] != to[fields.type]) return {};  // the new type's
  const Text action = concat("SET STORAGE ", storage.empty() ? Text(own_storage(to[fields.type])) : upper(storage));
  return &from == &to ? alter_column(to.id, action) : alter_it_alone(to, action);  // heirs are made with it
}
Text ColumnFields::set_compression(const Object& from, const Object& to) {
  const std::string_view method = to[fields.compression];
  if (method.empty() && from[fields.type] != to[fields.type]) return {};
  return alter_column(to.id, concat("SET COMPRESSION ", method.empty() ? std::string_view("default") : method));
}
Text ColumnFields::set_statistics(const Object&, const Object& to) {
  return alter_it_alone(to, concat("SET STATISTICS ", std::to_string(to[fields.statistics])));
}

constexpr Kind column_kind{
    .name = "column",
    .key = "columns",
    .weight = 80,
    .fields = column_fields,
    .traits = dropped_with_parent | holds_rows | folds | ordered | calls_when_made,
    .noun = "COLUMN",
    .object_type = "OBJECT_COLUMN",
    .addressed = &by_column,
    .parents = parents,
    .value_type = &fields.type,
    .rights = &rights,
    .follows = column_leader,
    .own_besides = own_besides,
    .sql = {.create = create,
            .drop = drop,
            .change = change,
            .on_rebuild = on_rebuild,
            .admit = admit,
            .rename = rename,
            .after_leader = set_what_is_not_taken_over},
    .reading = {.catalog = catalog, .readers = column_readers, .derive = derive, .like = like},
    .yaml = {.statement = column_statement, .shorthand = column_shorthand, .says_more = is_serial}};
}  // namespace quoin
