// Everything quoin knows about text search templates.
#include "core/sql/print.h"
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

Steps create(const Object& o) {
  List terms;
  for (const FieldBase* field : o.id->kind->fields)
    if (o.has(*field)) terms.push_back(concat(upper(field->name), " = ", std::get<Text>(o.value(*field))));
  return only(making(o, concat("CREATE TEXT SEARCH TEMPLATE ", qualified(o.id), " (", join(terms, ", "), ")")));
}
Change change(const Delta& delta, const Users&) { return Cannot{concat(path(delta.id), " cannot change in place")}; }

Text catalog(int) {
  return concat(R"(
select 3764 as class, t.oid as oid, 0 as sub, 2615 as parent_class, t.tmplnamespace as parent_oid, 0 as parent_sub,
  t.tmplname as name, )",
                routine_name("t.tmpllexize::pg_catalog.oid"), " as lexize, ",
                routine_name("t.tmplinit::pg_catalog.oid"),
                " as init\nfrom pg_catalog.pg_ts_template t where t.oid >= 16384");
}

void read_define(ast::Node statement, Reading& reading) {
  Object* o = make_text_search(text_search_template_kind, statement, reading);
  if (!o) return;
  for (ast::Node one : statement["definition"])
    if (const FieldBase* field = text_search_template_kind.fields.find(lower(one["defname"].text())))
      o->put(*field, ast::print_name(one["arg"].is("TypeName") ? one["arg"]["names"] : one["arg"]));
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
                                         .create = create,
                                         .change = change,
                                         .catalog = catalog,
                                         .readers = readers};
}  // namespace quoin
