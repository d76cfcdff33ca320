// Everything quoin knows about text search templates.
#include "kinds/list.h"
#include "kinds/routine/routine.h"
#include "kinds/text_search/text_search.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> lexize{
      *this, "lexize", "makes lexemes of a token", {.role = Role::routine, .presence = Presence::filled}};
  Field<Text> init{*this, "init", "reads a dictionary's options", {.role = Role::routine}};
} fields;

Text catalog(int) {
  return concat(R"(
select 3764 as class, t.oid as oid, 0 as sub, 2615 as parent_class, t.tmplnamespace as parent_oid, 0 as parent_sub,
  t.tmplname as name, )",
                routine_name("t.tmpllexize::pg_catalog.oid"), " as lexize, ",
                routine_name("t.tmplinit::pg_catalog.oid"),
                " as init\nfrom pg_catalog.pg_ts_template t where t.oid >= 16384");
}

void read_define(ast::Node statement, Reading& reading) {
  read_routines(text_search_template_kind, statement, reading);
}

constexpr StatementReader readers[] = {{"DefineStmt", "OBJECT_TSTEMPLATE", read_define}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind text_search_template_kind{.name = "text search template",
                                         .key = "text_search_templates",
                                         .weight = 63,
                                         .fields = fields,
                                         .traits = replaceable | has_section,
                                         .noun = "TEXT SEARCH TEMPLATE",
                                         .object_type = "OBJECT_TSTEMPLATE",
                                         .parents = parents,
                                         .sql = {.create = create_of_routines},
                                         .reading = {.catalog = catalog, .readers = readers}};
}  // namespace quoin
