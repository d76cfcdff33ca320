#include "kinds/table/trigger_reader.h"

#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/database/extension_dependency.h"
#include "kinds/list.h"
#include "kinds/table/trigger.h"
#include "kinds/table/trigger_state.h"
#include "kinds/view/query.h"

namespace quoin {

namespace {
constexpr const TriggerFields& fields = trigger_fields;

// Bits of pg_trigger.tgtype, which the grammar uses too.
constexpr std::int64_t before = 2, insert = 4, deletion = 8, update = 16, truncate = 32, instead = 64;

List events_of(std::int64_t bits) {
  List all;
  if (bits & insert) all.push_back("insert");
  if (bits & deletion) all.push_back("delete");
  if (bits & update) all.push_back("update");
  if (bits & truncate) all.push_back("truncate");
  return all;
}

void read_transitions(ast::Node statement, Object& trigger) {
  for (ast::Node transition : statement["transitionRels"])
    trigger.put(transition["isNew"].flag() ? fields.new_table : fields.old_table, Text(transition["name"].text()));
}

std::string_view state_after(std::string_view command) {
  if (command == "AT_EnableAlwaysTrig") return "always";
  if (command == "AT_EnableReplicaTrig") return "replica";
  return command.starts_with("AT_Disable") ? "disabled" : "origin";
}
}  // namespace

void read_create_trigger(ast::Node statement, Reading& reading) {
  const Id relation = reading.find("relation", statement["relation"]);
  if (!relation) return;
  const Existing existing = statement["replace"].flag() ? Existing::replace : Existing::error;
  Object* trigger = reading.make(trigger_kind, relation, Text(statement["trigname"].text()), existing);
  if (!trigger) return;
  untie(trigger->id, reading);
  const std::int64_t timing = statement["timing"].number();
  trigger->put(fields.timing, timing & before ? "before" : timing & instead ? "instead of" : "after");
  trigger->put(fields.events, events_of(statement["events"].number()));
  trigger->put(fields.columns, statement["columns"].texts());
  trigger->put(fields.level, statement["row"].flag() ? "row" : "statement");
  if (const ast::Node when = statement["whenClause"]) trigger->put(fields.when, reading.printed(when));
  trigger->put(fields.function, ast::print_name(statement["funcname"]));
  List arguments;
  for (ast::Node argument : statement["args"]) arguments.push_back(option_text(argument));
  trigger->put(fields.arguments, std::move(arguments));
  read_transitions(statement, *trigger);
  trigger->put(fields.constraint, statement["isconstraint"].flag());
  if (const ast::Node other = statement["constrrel"]) trigger->put(fields.from, ast::print_name(other));
  trigger->put(fields.deferrable, statement["deferrable"].flag());
  trigger->put(fields.initially_deferred, statement["initdeferred"].flag());
}

void read_trigger_enabled(ast::Node command, Reading& reading) {
  read_trigger_state(reading.subject(), Text(command["name"].text()), state_after(command["subtype"].text()), reading);
}

}  // namespace quoin
