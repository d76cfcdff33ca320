#include "project/against.h"

#include "project/assumed.h"
#include "project/changes.h"
#include "project/project.h"
#include "project/provenance.h"

namespace quoin {

namespace {
struct Blamed {
  const ReplayedStatement* statement = nullptr;  // null: no migration has it, nor what it lies in
  Id id;                                         // itself, or what it lies in
};

/// The last statement that made or changed it, or what it lies in: not what is made in a schema, nor a schema for what
/// should be in it.
Blamed blame(Id subject, Schema& schema, const Verified& verified) {
  for (Id id = subject; id && (id->parent || id == subject); id = id->parent) {
    Provenance found = provenance_of(id, schema, verified);
    if (!id->parent) std::erase_if(found.touches, [](const ObjectChange& touch) { return !touch.parts.empty(); });
    if (!found.touches.empty()) return {found.touches.back().statement, id};
  }
  return {};
}

Finding difference(const ChangeLine& line, const Blamed& blamed, const Text& source) {
  Finding finding;
  finding.rule = "differs";
  const Text group = line.group && line.group != line.subject ? concat(path(line.group), ": ") : Text();
  const bool names_itself = line.group && line.group == line.subject;
  finding.message =
      concat("to be as ", source, ": ", names_itself ? concat(path(line.subject), " ") : group, line.text);
  finding.object = line.subject ? path(line.subject) : Text();
  if (blamed.statement) finding.place = blamed.statement->place();
  const Text last = blamed.statement ? concat("this statement touched ", path(blamed.id), " last") : Text();
  finding.hint = blamed.id == line.subject && blamed.statement ? last
                 : last.empty()                                ? "no migration makes it"
                                                               : concat("no migration makes it; ", last);
  return finding;
}
}  // namespace

Findings differences_from(const Text& folder, const SchemaSource& source, const Settings& settings) {
  const SchemaSource ours{SourceForm::migrations, folder};
  const Routes routes = find_routes(ours, source, {"off", Proving::no}, settings);
  Findings findings;
  const std::vector<Migration> migrations = migrations_in(folder, settings);
  Schema schema = empty_database(*routes.ids);
  const Verified verified = replayed(migrations, schema, settings);
  for (const ChangeLine& line : change_lines(routes))
    if (line.is_certain) findings.push_back(difference(line, blame(line.subject, schema, verified), source.name()));
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
      const std::size_t option = note.find(" (--shadow auto)");
      if (option == Text::npos) continue;
      finding.message.erase(option, Text(" (--shadow auto)").size());
      finding.hint = concat("quoin diff --from ", folder, " --to ", source.name(), " asks one");
    }
  return findings;
}

}  // namespace quoin
