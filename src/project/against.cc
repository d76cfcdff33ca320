#include "project/against.h"

#include "project/assumed.h"
#include "project/changes.h"
#include "project/project.h"
#include "project/provenance.h"

namespace quoin {

namespace {
/// The last statement that made or changed it, or what it lies in; null: no migration has it.
const ReplayedStatement* last_touch(Id id, Schema& schema, const Verified& verified) {
  for (; id && id->parent; id = id->parent) {
    const Provenance found = provenance_of(id, schema, verified);
    if (!found.touches.empty()) return found.touches.back().statement;
  }
  return nullptr;
}

Finding difference(const ChangeLine& line, const ReplayedStatement* statement, const Text& source) {
  Finding finding;
  finding.rule = "differs";
  const Text group = line.group && line.group != line.subject ? concat(path(line.group), ": ") : Text();
  const bool names_itself = line.group && line.group == line.subject;
  finding.message =
      concat("to be as ", source, ": ", names_itself ? concat(path(line.subject), " ") : group, line.text);
  finding.object = line.subject ? path(line.subject) : Text();
  if (statement) finding.place = statement->place();
  finding.hint = statement ? "this statement touched it last" : "no migration makes it";
  return finding;
}
}  // namespace

Findings differences_from(const Text& folder, const SchemaSource& source, const Settings& settings) {
  const SchemaSource ours{SourceForm::migrations, folder};
  const Routes routes = find_routes(ours, source, {"off", Proving::no}, settings);
  Findings findings;
  const std::vector<Migration> migrations = migrations_in(folder, settings);
  Schema schema = empty_database(*routes.ids);
  const Verified verified = verify(migrations, schema, settings.search_path(), read_assumed(settings));
  for (const ChangeLine& line : change_lines(routes))
    findings.push_back(difference(line, last_touch(line.subject, schema, verified), source.name()));
  for (const Text& error : routes.up.errors) {
    Finding& finding = findings.emplace_back();
    finding.rule = "differs";
    finding.message = concat("to be as ", source.name(), ": ", error);
  }
  for (const List* notes : {&routes.notes, &routes.left_out})
    for (const Text& note : *notes) {
      Finding& finding = findings.emplace_back();
      finding.severity = Severity::note;
      finding.rule = "differs";
      finding.message = note;
    }
  return findings;
}

}  // namespace quoin
