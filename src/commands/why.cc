// quoin why: where an object comes from.
#include <map>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/progress.h"
#include "core/base/visible.h"
#include "core/model/kind.h"
#include "project/assumed.h"
#include "project/project.h"
#include "project/provenance.h"

namespace quoin {

namespace {
struct Asked {
  Text object;
  std::optional<Text> folder;
};

List paths_of(const std::vector<Id>& ids) {
  List paths;
  for (Id id : ids) paths.push_back(path(id));
  return paths;
}

Text as_text(const Provenance& provenance) {
  constexpr std::size_t most = 12;  // names in a line
  const Text part = provenance.part.empty() ? Text() : concat(provenance.part, ", which stands in ");
  Text text = concat(part, path(provenance.id), provenance.is_there ? "" : " (no longer there)", "\n");
  for (const ObjectChange& touch : provenance.touches) {
    text += concat("  ", visible(to_string(touch.statement->place())), ": ", touch.verb);
    if (!touch.parts.empty()) text += concat(": ", first_of(touch.parts, most));
    text += "\n";
  }
  if (provenance.touches.empty()) text += "  no migration touches it\n";
  if (!provenance.stands_on.empty())
    text += concat("stands on: ", first_of(paths_of(provenance.stands_on), most), "\n");
  if (!provenance.users.empty()) text += concat("needed by: ", first_of(paths_of(provenance.users), most), "\n");
  return text;
}

nlohmann::ordered_json as_json(const Provenance& provenance) {
  auto touches = nlohmann::ordered_json::array();
  for (const ObjectChange& touch : provenance.touches) {
    const Place place = touch.statement->place();
    touches.push_back({{"what", touch.verb},
                       {"parts", touch.parts},
                       {"place", {{"file", place.file}, {"line", place.line}, {"column", place.column}}}});
  }
  const auto part = provenance.part.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(provenance.part);
  return {{"object", path(provenance.id)},
          {"part", part},
          {"there", provenance.is_there},
          {"touches", std::move(touches)},
          {"stands_on", paths_of(provenance.stands_on)},
          {"needed_by", paths_of(provenance.users)}};
}

int run(const Asked& asked, const CommandLine& settings) {
  const Text folder = asked.folder.value_or(settings.config.migrations);
  const std::vector<Migration> migrations = migrations_in(folder, settings, CodeSteps::named);
  const Progress progress(settings, concat("reading ", folder));
  Ids ids;
  Schema schema = empty_database(ids);
  const Verified verified = replayed(migrations, schema, settings);
  const Id object = object_called(asked.object, schema, verified);
  Provenance provenance = provenance_of(object, schema, verified);
  provenance.part = part_called(asked.object, object);
  settings.json ? print_json(as_json(provenance)) : print_lines(as_text(provenance));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto asked = std::make_shared<Asked>();
  options.argument("OBJECT", asked->object, "what to look for: users, public.users, users.email, \"function add\"");
  options.argument("DIR", asked->folder, "the folder of migrations; default: the config's");
  return [asked, &settings] { return run(*asked, settings); };
}
}  // namespace

const Command why_command{"why", "which migrations made and changed an object",
                          "Reads the migrations without a server: each statement that touched the object, by whatever\n"
                          "name it had then, what it stands on and what needs it.\n"
                          "  quoin why users.email",
                          declare};

}  // namespace quoin
