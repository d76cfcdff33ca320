// Everything quoin knows about event triggers.
#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/list.h"
#include "kinds/routine/routine.h"

namespace quoin {
namespace {
Text set_enabled(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> event{*this,
                    "event",
                    "ddl_command_start, ddl_command_end, table_rewrite, sql_drop or login",
                    {.presence = Presence::filled}};
  Field<List> tags{*this, "tags", "the commands that it is for: CREATE TABLE; none: all", {.role = Role::text}};
  Field<Text> function{*this, "function", "what it calls", {.role = Role::routine, .presence = Presence::filled}};
  Field<Text> enabled{*this,
                      "enabled",
                      "origin, disabled, replica or always",
                      {.fallback = "origin", .alter = set_enabled, .words = "origin|disabled|replica|always"}};
} fields;

Text set_enabled(const Object&, const Object& to) {
  const std::string_view state = to[fields.enabled];
  return concat("ALTER EVENT TRIGGER ", address(to.id),
                state == "disabled"  ? " DISABLE"
                : state == "replica" ? " ENABLE REPLICA"
                : state == "always"  ? " ENABLE ALWAYS"
                                     : " ENABLE");
}

Steps create(const Object& trigger) {
  List tags;
  for (const Text& tag : trigger[fields.tags]) tags.push_back(quote_literal(tag));
  Steps steps = only(making(trigger, concat("CREATE EVENT TRIGGER ", address(trigger.id), " ON ", trigger[fields.event],
                                            tags.empty() ? "" : concat(" WHEN TAG IN (", join(tags, ", "), ")"),
                                            " EXECUTE FUNCTION ", trigger[fields.function], "()")));
  if (trigger.has(fields.enabled))
    steps.push_back({.sql = set_enabled(trigger, trigger), .makes = {trigger.id}, .needs = trigger.needs});
  return steps;
}

Text catalog(int) {
  return concat(R"(
select 3466 as class, e.oid as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, e.evtname as name,
  e.evtevent as event, e.evttags as tags,
  )",
                routine_name("e.evtfoid"), R"( as function,
  case e.evtenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end as enabled)",
                owner_column({"EVENT TRIGGER", "pg_catalog.format('%I', e.evtname)", "e.evtowner"}),
                "\nfrom pg_catalog.pg_event_trigger e");
}

void read_create(ast::Node statement, Reading& reading) {
  Object* trigger = reading.make(event_trigger_kind, Id(), Text(statement["trigname"].text()));
  if (!trigger) return;
  trigger->put(fields.event, Text(statement["eventname"].text()));
  List tags;
  for (ast::Node filter : statement["whenclause"])
    for (ast::Node tag : filter["arg"]) tags.push_back(upper(tag.text()));
  trigger->put(fields.tags, std::move(tags));
  trigger->put(fields.function, ast::print_name(statement["funcname"]));
}

void read_alter(ast::Node statement, Reading& reading) {
  Object* trigger =
      reading.change(reading.schema().ids().of(event_trigger_kind, Id(), Text(statement["trigname"].text())));
  if (!trigger) return;
  const std::string_view state = statement["tgenabled"].text();
  trigger->put(fields.enabled, state == "D"   ? "disabled"
                               : state == "R" ? "replica"
                               : state == "A" ? "always"
                                              : "origin");
}

constexpr StatementReader readers[] = {{"CreateEventTrigStmt", "", read_create},
                                       {"AlterEventTrigStmt", "", read_alter}};
}  // namespace

constexpr Kind event_trigger_kind{.name = "event trigger",
                                  .key = "event_triggers",
                                  .weight = 239,
                                  .fields = fields,
                                  .traits = replaceable | has_section | acts_on_new | has_owner,
                                  .noun = "EVENT TRIGGER",
                                  .object_type = "OBJECT_EVENT_TRIGGER",
                                  .addressed = &by_name,
                                  .sql = {.create = create},
                                  .reading = {.catalog = catalog, .readers = readers}};
}  // namespace quoin
