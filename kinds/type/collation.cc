// Everything quoin knows about collations.
#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/list.h"
#include "kinds/view/query.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> locale{*this, "locale", "whose rules it follows: de_DE, und-u-ks-level2", {.role = Role::text}};
  Field<Text> provider{*this,
                       "provider",
                       "libc, icu or builtin: whose library compares",
                       {.fallback = "libc", .words = "libc|icu|builtin"}};
  Field<Text> collate{*this, "lc_collate", "the locale that texts sort by, where it is another", {.role = Role::text}};
  Field<Text> ctype{*this, "lc_ctype", "the locale of letters and their case", {.role = Role::text}};
  Field<bool> deterministic{*this, "deterministic", "texts of other bytes are never equal", {.fallback = true}};
  Field<Text> rules{*this, "rules", "rules of ICU besides: '&a < b'", {.role = Role::text, .since = 16}};
} fields;

Steps create(const Object& o) {
  List terms;
  if (o.has(fields.provider)) terms.push_back(concat("PROVIDER = ", o[fields.provider]));
  for (const Field<Text>* field : {&fields.locale, &fields.collate, &fields.ctype, &fields.rules})
    if (o.has(*field)) terms.push_back(concat(upper(field->name), " = ", quote_literal(o[*field])));
  if (!o[fields.deterministic]) terms.emplace_back("DETERMINISTIC = false");
  return only(making(o, concat("CREATE COLLATION ", qualified(o.id), " (", join(terms, ", "), ")")));
}

Text catalog(int server_version) {
  const std::string_view locale = server_version >= 170000   ? "c.colllocale"
                                  : server_version >= 150000 ? "c.colliculocale"
                                                             : "null::text";
  return concat(R"(
select 3456 as class, c.oid as oid, 0 as sub, 2615 as parent_class, c.collnamespace as parent_oid, 0 as parent_sub,
  c.collname as name, case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' end as provider,
  coalesce()",
                locale, R"(, case when c.collcollate = c.collctype then c.collcollate end) as locale,
  case when c.collcollate <> c.collctype then c.collcollate end as lc_collate,
  case when c.collcollate <> c.collctype then c.collctype end as lc_ctype,
  c.collisdeterministic as deterministic)",
                server_version < 160000 ? "" : ", c.collicurules as rules",
                owner_column({"COLLATION", "pg_catalog.format('%I.%I', n.nspname, c.collname)", "c.collowner"}), R"(
from pg_catalog.pg_collation c join pg_catalog.pg_namespace n on n.oid = c.collnamespace
where c.oid >= 16384)");
}

/// CREATE COLLATION a FROM b: as `b` is.
void copy(ast::Node other, Object& o, Reading& reading) {
  const Text name = parts_of(other).back();
  if (name == "C" || name == "POSIX") return o.put(fields.locale, name);
  const Id id = reading.find(space::collation, other);
  const Object* from = id && id->kind == &collation_kind ? reading.schema().find(id) : nullptr;
  if (!from) return reading.unknown(o.id, concat("what the server's own collation ", name, " is"));
  for (const FieldBase* field : collation_kind.fields) o.put(*field, from->value(*field));
}

void put(std::string_view word, ast::Node value, Object& o, Reading& reading) {
  if (word == "from") return copy(value, o, reading);
  if (word == "deterministic") return o.put(fields.deterministic, option_is_on(value));
  if (word == "provider") return o.put(fields.provider, lower(option_text(value)));
  const FieldBase* field = collation_kind.fields.find(word);  // a version is the library's, not the schema's
  if (field) o.put(*field, option_text(value));
}

// As one locale where both are the same.
void derive(Object& o, Schema&) {
  if (o.has(fields.collate) && o[fields.collate] == o[fields.ctype]) {
    o.put(fields.locale, Text(o[fields.collate]));
    o.put(fields.collate, Text());
    o.put(fields.ctype, Text());
  }
}

void read_define(ast::Node statement, Reading& reading) {
  const Id schema = reading.creation_schema(statement["defnames"]);
  if (!schema) return;
  const Existing existing = statement["if_not_exists"].flag() ? Existing::keep : Existing::error;
  Object* o = reading.make(collation_kind, schema, parts_of(statement["defnames"]).back(), existing);
  if (!o) return;
  for (ast::Node one : statement["definition"]) put(lower(one["defname"].text()), one["arg"], *o, reading);
}

constexpr StatementReader readers[] = {{"DefineStmt", "OBJECT_COLLATION", read_define}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind collation_kind{.name = "collation",
                              .key = "collations",
                              .weight = 25,
                              .fields = fields,
                              .traits = replaceable | has_section | has_owner,
                              .noun = "COLLATION",
                              .object_type = "OBJECT_COLLATION",
                              .parents = parents,
                              .sql = {.create = create},
                              .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
