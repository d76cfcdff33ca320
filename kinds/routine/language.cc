// Everything quoin knows about procedural languages, but for those that an extension brings.
#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/access/grantable.h"
#include "kinds/list.h"
#include "kinds/operator/operator.h"
#include "kinds/routine/routine.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> handler{
      *this, "handler", "what runs its routines", {.role = Role::routine, .presence = Presence::filled}};
  Field<Text> inline_{*this, "inline", "what runs DO", {.role = Role::routine}};
  Field<Text> validator{*this, "validator", "what looks at new routines", {.role = Role::routine}};
  Field<bool> trusted{*this,
                      "trusted",
                      "it can do no more than its user, so that everybody may use it",
                      {.access = "who may make routines in it"}};
} fields;

Text definition(const Object& o, std::string_view verb) {
  return concat(verb, o[fields.trusted] ? " TRUSTED" : "", " LANGUAGE ", address(o.id), " HANDLER ", o[fields.handler],
                o.has(fields.inline_) ? concat(" INLINE ", o[fields.inline_]) : Text(),
                o.has(fields.validator) ? concat(" VALIDATOR ", o[fields.validator]) : Text());
}
Steps create(const Object& o) { return only(making(o, definition(o, "CREATE"))); }
// Its routines stay, whatever runs them from then on.
Change change(const Delta& delta, const Users&) {
  return only(in_place(delta, definition(*delta.to, "CREATE OR REPLACE")));
}

void derive(Object& o, Schema& schema) {
  const std::pair<const Field<Text>*, std::string_view> all[] = {
      {&fields.handler, "()"}, {&fields.inline_, "(internal)"}, {&fields.validator, "(oid)"}};
  for (const auto& [field, inputs] : all)
    if (const Id function = routine_taking(o[*field], inputs, schema)) o.need(function);
}

Text catalog(int) {
  return concat(R"(
select 2612 as class, l.oid as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, l.lanname as name,
  l.lanpltrusted as trusted, )",
                routine_name("l.lanplcallfoid"), " as handler, ", routine_name("l.laninline"), " as inline, ",
                routine_name("l.lanvalidator"), " as validator",
                owner_column({"LANGUAGE", "pg_catalog.format('%I', l.lanname)", "l.lanowner"}),
                "\nfrom pg_catalog.pg_language l where l.oid >= 16384");
}

// Without a handler it is an extension's.
void read_create(ast::Node statement, Reading& reading) {
  const Text name(statement["plname"].text());
  const bool brought = statement["plhandler"].size() == 0;
  const Existing existing =
      statement["replace"].flag() ? (brought ? Existing::keep : Existing::replace) : Existing::error;
  if (brought) {
    reading.make(extension_kind, Id(), name, existing);
    return;
  }
  Object* o = reading.make(language_kind, Id(), name, existing);
  if (!o) return;
  o->put(fields.trusted, statement["pltrusted"].flag());
  o->put(fields.handler, ast::print_name(statement["plhandler"]));
  if (statement["plinline"].size()) o->put(fields.inline_, ast::print_name(statement["plinline"]));
  if (statement["plvalidator"].size()) o->put(fields.validator, ast::print_name(statement["plvalidator"]));
}

constexpr StatementReader readers[] = {{"CreatePLangStmt", "", read_create}};

Text access_lists(int) { return access_lists_of({"2612", "pg_language", "lanowner", "lanacl", "l"}); }
constexpr Rights rights{"LANGUAGE", &sort_of_languages, access_lists};
}  // namespace

constexpr Kind language_kind{.name = "language",
                             .key = "languages",
                             .weight = 171,
                             .fields = fields,
                             .traits = replaceable | has_section | has_owner,
                             .noun = "LANGUAGE",
                             .object_type = "OBJECT_LANGUAGE",
                             .addressed = &by_name,
                             .rights = &rights,
                             .sql = {.create = create, .change = change},
                             .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
