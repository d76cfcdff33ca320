// Everything quoin knows about foreign data wrappers.
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/access/grantable.h"
#include "kinds/foreign/options.h"
#include "kinds/list.h"
#include "kinds/routine/routine.h"

namespace quoin {
namespace {
Text alter(Id wrapper, std::string_view clauses) {
  return concat("ALTER FOREIGN DATA WRAPPER ", address(wrapper), clauses);
}
Text set_handler(const Object& from, const Object& to);
Text set_validator(const Object& from, const Object& to);
Text set_options(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> handler{*this, "handler", "what scans foreign tables", {.role = Role::routine, .alter = set_handler}};
  Field<Text> validator{*this, "validator", "what checks options", {.role = Role::routine, .alter = set_validator}};
  Field<List> options{
      *this, "options", "name=value; secrets are left out", {.role = Role::parameter, .alter = set_options}};
  Field<List> secrets{*this,
                      "secrets",
                      "options whose values are secret: set by hand, neither compared nor written",
                      {.role = Role::secret, .counts = Counts::once}};
} fields;

Text function_clause(std::string_view word, std::string_view function) {
  return function.empty() ? concat(" NO ", word) : concat(" ", word, " ", function);
}
Text set_handler(const Object&, const Object& to) {
  return alter(to.id, function_clause("HANDLER", to[fields.handler]));
}
Text set_validator(const Object&, const Object& to) {
  return alter(to.id, function_clause("VALIDATOR", to[fields.validator]));
}
Text set_options(const Object& from, const Object& to) {
  return alter(to.id, options_change(from[fields.options], to[fields.options]));
}

Steps create(const Object& o) {
  const auto given = [&](std::string_view word, const Field<Text>& field) {
    return o.has(field) ? function_clause(word, o[field]) : Text();
  };
  Step step = making(o, concat("CREATE FOREIGN DATA WRAPPER ", address(o.id), given("HANDLER", fields.handler),
                               given("VALIDATOR", fields.validator), options_clause(o[fields.options])));
  step.hazards = hazards_of_secrets(o[fields.secrets], o.id);
  return only(std::move(step));
}

Text catalog(int) {
  return concat(R"(
select 2328 as class, w.oid as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, w.fdwname as name,
  )",
                routine_name("w.fdwhandler"), " as handler, ", routine_name("w.fdwvalidator"), " as validator, ",
                options_column("w.fdwoptions"), " as options, ", secrets_column("w.fdwoptions"), " as secrets",
                owner_column({"FOREIGN DATA WRAPPER", "pg_catalog.format('%I', w.fdwname)", "w.fdwowner"}),
                "\nfrom pg_catalog.pg_foreign_data_wrapper w where w.oid >= 16384");
}

void put_functions(ast::Node options, Object& wrapper) {
  for (ast::Node option : options) {
    const std::string_view name = option["defname"].text();
    const ast::Node function = option["arg"];
    const Text called = function ? ast::print_name(function) : Text();
    if (name == "handler") wrapper.put(fields.handler, called);
    if (name == "validator") wrapper.put(fields.validator, called);
  }
}

void read_create(ast::Node statement, Reading& reading) {
  Object* wrapper = reading.make(foreign_data_wrapper_kind, Id(), Text(statement["fdwname"].text()));
  if (!wrapper) return;
  put_functions(statement["func_options"], *wrapper);
  wrapper->put(fields.options, options_of(statement["options"]));
  wrapper->put(fields.secrets, secrets_of((*wrapper)[fields.secrets], statement["options"]));
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id id = reading.schema().ids().of(foreign_data_wrapper_kind, Id(), Text(statement["fdwname"].text()));
  if (!reading.schema().find(id)) return reading.unknown(Id(), concat(path(id), " is an extension's"));
  Object* wrapper = reading.change(id);
  if (!wrapper) return;
  put_functions(statement["func_options"], *wrapper);
  wrapper->put(fields.options, changed_options((*wrapper)[fields.options], statement["options"]));
  wrapper->put(fields.secrets, secrets_of((*wrapper)[fields.secrets], statement["options"]));
}

void derive(Object& wrapper, Schema&) { set_secrets_aside(wrapper, fields.options, fields.secrets); }
std::vector<Hazard> hazards_of_drop(const Object& o, const Object*) {
  return hazards_of_lost_secrets(o[fields.secrets], o.id);
}

constexpr StatementReader readers[] = {{"CreateFdwStmt", "", read_create}, {"AlterFdwStmt", "", read_alter}};

Text access_lists(int) { return access_lists_of({"2328", "pg_foreign_data_wrapper", "fdwowner", "fdwacl", "F"}); }
constexpr Rights rights{"FOREIGN DATA WRAPPER", &sort_of_foreign_servers, access_lists};
}  // namespace

constexpr Kind foreign_data_wrapper_kind{.name = "foreign data wrapper",
                                         .key = "foreign_data_wrappers",
                                         .weight = 214,
                                         .fields = fields,
                                         .traits = has_section | has_owner,
                                         .noun = "FOREIGN DATA WRAPPER",
                                         .object_type = "OBJECT_FDW",
                                         .addressed = &by_name,
                                         .rights = &rights,
                                         .sql = {.create = create},
                                         .cost = {.of_drop = hazards_of_drop},
                                         .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
