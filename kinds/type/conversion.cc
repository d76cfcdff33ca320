// Everything quoin knows about conversions between encodings.
#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/list.h"
#include "kinds/operator/operator.h"
#include "kinds/routine/routine.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> from{*this, "from", "the encoding that it reads", {.role = Role::text, .presence = Presence::filled}};
  Field<Text> to{*this, "to", "the encoding that it writes", {.role = Role::text, .presence = Presence::filled}};
  Field<Text> function{*this, "function", "what converts", {.role = Role::routine, .presence = Presence::filled}};
  Field<bool> is_default{*this, "default", "it is used unasked between the two"};
} fields;

Steps create(const Object& o) {
  return only(making(
      o, concat("CREATE", o[fields.is_default] ? " DEFAULT" : "", " CONVERSION ", qualified(o.id), " FOR ",
                quote_literal(o[fields.from]), " TO ", quote_literal(o[fields.to]), " FROM ", o[fields.function])));
}

// 13 and older gave the function no flag by which it tries without an error.
void derive(Object& o, Schema& schema) {
  for (const Field<Text>* encoding : {&fields.from, &fields.to}) o.put(*encoding, upper(o[*encoding]));
  for (std::string_view inputs :
       {"(integer, integer, cstring, internal, integer, boolean)", "(integer, integer, cstring, internal, integer)"})
    if (const Id function = routine_taking(o[fields.function], inputs, schema)) o.need(function);
}

Text catalog(int) {
  return concat(R"(
select 2607 as class, c.oid as oid, 0 as sub, 2615 as parent_class, c.connamespace as parent_oid, 0 as parent_sub,
  c.conname as name, pg_catalog.pg_encoding_to_char(c.conforencoding) as from,
  pg_catalog.pg_encoding_to_char(c.contoencoding) as to, )",
                routine_name("c.conproc::pg_catalog.oid"), " as function, c.condefault as default",
                owner_column({"CONVERSION", "pg_catalog.format('%I.%I', n.nspname, c.conname)", "c.conowner"}), R"(
from pg_catalog.pg_conversion c join pg_catalog.pg_namespace n on n.oid = c.connamespace where c.oid >= 16384)");
}

void read_create(ast::Node statement, Reading& reading) {
  const ast::Node names = statement["conversion_name"];
  const Id schema = reading.creation_schema(names);
  Object* o = schema ? reading.make(conversion_kind, schema, parts_of(names).back()) : nullptr;
  if (!o) return;
  o->put(fields.from, Text(statement["for_encoding_name"].text()));
  o->put(fields.to, Text(statement["to_encoding_name"].text()));
  o->put(fields.function, ast::print_name(statement["func_name"]));
  o->put(fields.is_default, statement["def"].flag());
}

constexpr StatementReader readers[] = {{"CreateConversionStmt", "", read_create}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind conversion_kind{.name = "conversion",
                               .key = "conversions",
                               .weight = 179,
                               .fields = fields,
                               .traits = replaceable | has_section | has_owner,
                               .noun = "CONVERSION",
                               .object_type = "OBJECT_CONVERSION",
                               .parents = parents,
                               .sql = {.create = create},
                               .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
