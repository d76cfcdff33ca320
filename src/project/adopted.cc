#include "project/adopted.h"

#include "core/model/kind.h"
#include "parser/replay/replay.h"

namespace quoin {

namespace {
const Migration* first_pending(const MigrationStatuses& statuses) {
  for (const runner::MigrationStatus& status : statuses.all)
    if (status.state == runner::State::pending) return status.file;
  return nullptr;
}

/// The first of these relations that the database has.
std::optional<Id> first_there(postgres::Connection& connection, const std::vector<Id>& relations) {
  if (relations.empty()) return std::nullopt;
  List rows;
  for (std::size_t i = 0; i < relations.size(); ++i)
    rows.push_back(concat("(", std::to_string(i), ", ", quote_literal(qualified(relations[i])), ")"));
  const auto found = connection.execute(concat("SELECT r.at FROM (VALUES ", join(rows, ", "),
                                               ") r(at, name) WHERE pg_catalog.to_regclass(r.name) IS NOT NULL"
                                               " ORDER BY r.at LIMIT 1"));
  if (found.rows() == 0) return std::nullopt;
  return relations[std::stoul(Text(found.text(0, 0)))];
}
}  // namespace

std::optional<Text> there_already(postgres::Connection& connection, const MigrationStatuses& statuses,
                                  const Settings& settings) {
  constexpr std::size_t most = 20;  // which tell as well as all of them would
  const Migration* first = first_pending(statuses);
  if (!statuses.entries.empty() || !first) return std::nullopt;
  Ids ids;
  Schema schema = empty_database(ids);
  Replay replay(schema, settings.search_path());
  Findings unheard;  // are verify's to tell
  std::vector<Id> relations;
  for (const Effects& effects : replay.run(first->up.text, first->up.file, unheard))
    for (const Id id : effects.makes)
      if (relations.size() < most && is_relation(Object(id))) relations.push_back(id);
  const std::optional<Id> found = first_there(connection, relations);
  return found ? std::optional(path(*found)) : std::nullopt;
}

}  // namespace quoin
