// Everything quoin knows about foreign keys.
#include "kinds/constraint.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<List> columns{*this, "columns", "what refers", {.role = Role::column}};
  Field<Text> references{*this, "references", "the table that is referred to", {.role = Role::relation}};
  Field<List> referenced_columns{
      *this, "referenced_columns", "its columns; not given: its primary key", {.role = Role::foreign_column}};
  Field<Text> match{*this, "match", "simple or full: whether some columns may be null", {.fallback = "simple"}};
  Field<Text> on_update{*this, "on_update", "what follows when a key changes", {.fallback = "no action"}};
  Field<Text> on_delete{*this, "on_delete", "what follows when the row goes", {.fallback = "no action"}};
  Field<List> on_delete_columns{
      *this, "on_delete_columns", "those that on_delete sets, where not all", {.role = Role::column}};
  Field<bool> period{*this, "period", "the last column is a range that must be covered (PostgreSQL 18)"};
  Field<bool> deferrable{*this, "deferrable", "may be checked at the end of the transaction"};
  Field<bool> initially_deferred{*this, "initially_deferred", "is checked then unless told otherwise"};
  Field<bool> not_valid{*this, "not_valid", "rows of before may break it"};
  Field<bool> not_enforced{*this, "not_enforced", "is written down, not checked (PostgreSQL 18)"};
} fields;

Text key_columns(const Object& o, std::span<const Text> columns) {
  if (!o[fields.period] || columns.empty()) return columns_clause(columns);
  const Text range = concat("PERIOD ", quote_ident(columns.back()), ")");
  return columns.size() == 1 ? "(" + range : concat("(", quoted_list(columns.first(columns.size() - 1)), ", ", range);
}

// REFERENCES … as SQL spells it from the match on; in upper case, or as YAML's shorthand has it.
Text actions(const Object& o) {
  Text sql;
  if (o.has(fields.match)) sql += " MATCH " + upper(o[fields.match]);
  if (o.has(fields.on_update)) sql += " ON UPDATE " + upper(o[fields.on_update]);
  if (o.has(fields.on_delete)) sql += " ON DELETE " + upper(o[fields.on_delete]);
  if (o.has(fields.on_delete_columns)) sql += " " + columns_clause(o[fields.on_delete_columns]);
  sql += deferral_clause(o, fields.deferrable, fields.initially_deferred);
  if (o[fields.not_enforced]) return sql + " NOT ENFORCED";
  return o[fields.not_valid] ? sql + " NOT VALID" : sql;
}
Text references(const Object& o) {
  return concat(o[fields.references],
                o.has(fields.referenced_columns) ? " " + key_columns(o, o[fields.referenced_columns]) : Text());
}

Steps create(const Object& o) {
  Step step = adding_constraint(
      o, concat("FOREIGN KEY ", key_columns(o, o[fields.columns]), " REFERENCES ", references(o), actions(o)));
  if (o[fields.not_valid])
    step.host = Id();  // in CREATE TABLE the server takes it for valid
  else if (!o[fields.not_enforced])
    step.hazards = {{"may-fail", concat(path(o.id), ": fails where a row refers to none")}};
  return {std::move(step)};
}

Step altered(const Delta& delta, std::string_view verb, std::string_view action) {
  return in_place(delta,
                  alter_table(delta.id->parent, concat(verb, " CONSTRAINT ", quote_ident(delta.id->name), action)));
}

Change change(const Delta& delta, const Users&) {
  const Object& to = *delta.to;
  FieldSet rest = delta.changed;
  const bool deferral = delta.touches(fields.deferrable) || delta.touches(fields.initially_deferred);
  for (const Field<bool>* field : {&fields.deferrable, &fields.initially_deferred}) rest.reset(field->ordinal);
  const bool validated = delta.touches(fields.not_valid) && !to[fields.not_valid];
  if (validated) rest.reset(fields.not_valid.ordinal);
  if (rest.any()) return Cannot{"what it refers to, and how, cannot change in place"};
  Steps steps;
  const Text words = deferral_clause(to, fields.deferrable, fields.initially_deferred);
  if (deferral)
    steps.push_back(altered(delta, "ALTER",
                            words.empty()                   ? " NOT DEFERRABLE"
                            : to[fields.initially_deferred] ? words
                                                            : words + " INITIALLY IMMEDIATE"));
  if (validated) {
    steps.push_back(altered(delta, "VALIDATE", ""));
    steps.back().hazards = {{"may-fail", concat(path(to.id), ": fails where a row refers to none")}};
  }
  return steps;
}

Text catalog(int server_version) {
  const auto action = [](std::string_view column) {
    return concat("case k.", column,
                  " when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default' "
                  "when 'r' then 'restrict' else 'no action' end");
  };
  return concat(
      R"(
select 2606 as class, k.oid as oid, 0 as sub, 1259 as parent_class, k.conrelid as parent_oid, 0 as parent_sub,
  k.conname as name, )",
      column_names("k.conkey", "k.conrelid"), " as columns, k.confrelid::pg_catalog.regclass as references, ",
      column_names("k.confkey", "k.confrelid"),
      " as referenced_columns, case k.confmatchtype when 'f' then 'full' else 'simple' end as match, ",
      action("confupdtype"), " as on_update, ", action("confdeltype"), " as on_delete, ",
      server_version >= 150000 ? column_names("k.confdelsetcols", "k.conrelid") + " as on_delete_columns, " : Text(),
      server_version >= 180000 ? "k.conperiod as period, not k.conenforced as not_enforced, "
                                 "not k.convalidated and k.conenforced as not_valid, "
                               : "not k.convalidated as not_valid, ",
      R"(k.condeferrable as deferrable, k.condeferred as initially_deferred
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
where k.contype = 'f' and k.conparentid = 0 and )",
      modelled_table("c"));
}

constexpr std::string_view parents[] = {"table"};
}  // namespace

constexpr Kind foreign_key_kind{.name = "foreign key",
                                .key = "foreign_keys",
                                .weight = 210,
                                .fields = fields,
                                .traits = replaceable | dropped_with_parent | is_edge,
                                .noun = "CONSTRAINT",
                                .object_type = "OBJECT_TABCONSTRAINT",
                                .naming = Naming::member,
                                .parents = parents,
                                .slots = constraint_slot,
                                .create = create,
                                .drop = drop_constraint,
                                .change = change,
                                .rename = rename_constraint,
                                .catalog = catalog};
}  // namespace quoin
