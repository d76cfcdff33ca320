#include "project/adopted.h"

#include "core/model/kind.h"
#include "parser/replay/replay.h"

namespace quoin {

namespace {
const Migration* first_pending(const MigrationStatuses& standings) {
  for (const runner::MigrationStatus& standing : standings.all)
    if (standing.state == runner::State::pending) return standing.file;
  return nullptr;
}

bool is_relation(Id id) {
  return std::ranges::any_of(slots_of(Object(id)), [](const Slot& slot) { return slot.space == space::relation; });
}

bool is_there(postgres::Connection& connection, Id id) {
  return !connection.execute(concat("SELECT pg_catalog.to_regclass(", quote_literal(qualified(id)), ")"))
              .text(0, 0)
              .empty();
}
}  // namespace

std::optional<Text> there_already(postgres::Connection& connection, const MigrationStatuses& standings,
                                  const Settings& settings) {
  constexpr int most = 20;  // a question to the server each
  const Migration* first = first_pending(standings);
  if (!standings.entries.empty() || !first) return std::nullopt;
  Ids ids;
  Schema schema = empty_database(ids);
  Replay replay(schema, settings.search_path());
  Findings unheard;  // are verify's to tell
  int asked = 0;
  for (const Effects& effects : replay.run(first->up.text, first->up.file, unheard))
    for (const Id id : effects.makes)
      if (is_relation(id) && ++asked <= most && is_there(connection, id)) return path(id);
  return std::nullopt;
}

}  // namespace quoin
