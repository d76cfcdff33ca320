// Everything quoin knows about access methods: how tables or indexes are kept.
#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/list.h"
#include "kinds/operator/operator.h"
#include "kinds/routine/routine.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> type{
      *this, "type", "table or index: what it keeps", {.presence = Presence::filled, .words = "table|index"}};
  Field<Text> handler{
      *this, "handler", "what tells the server how", {.role = Role::routine, .presence = Presence::filled}};
} fields;

Steps create(const Object& o) {
  return only(making(o, concat("CREATE ACCESS METHOD ", address(o.id), " TYPE ", upper(o[fields.type]), " HANDLER ",
                               o[fields.handler])));
}

void derive(Object& o, Schema& schema) {
  if (const Id function = routine_taking(o[fields.handler], "(internal)", schema)) o.need(function);
}

Text catalog(int) {
  return concat(R"(
select 2601 as class, m.oid as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, m.amname as name,
  case m.amtype when 't' then 'table' else 'index' end as type, )",
                routine_name("m.amhandler::pg_catalog.oid"),
                " as handler\nfrom pg_catalog.pg_am m where m.oid >= 16384");
}

void read_create(ast::Node statement, Reading& reading) {
  Object* o = reading.make(access_method_kind, Id(), Text(statement["amname"].text()));
  if (!o) return;
  o->put(fields.type, statement["amtype"].text() == "t" ? "table" : "index");
  o->put(fields.handler, ast::print_name(statement["handler_name"]));
}

constexpr StatementReader readers[] = {{"CreateAmStmt", "", read_create}};
}  // namespace

constexpr Kind access_method_kind{.name = "access method",
                                  .key = "access_methods",
                                  .weight = 68,
                                  .fields = fields,
                                  .traits = replaceable | has_section,
                                  .noun = "ACCESS METHOD",
                                  .object_type = "OBJECT_ACCESS_METHOD",
                                  .addressed = &by_name,
                                  .sql = {.create = create, .rename = refuse_rename},
                                  .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
