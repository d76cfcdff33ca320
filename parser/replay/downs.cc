#include "parser/replay/downs.h"

namespace quoin {

Downs::Downs(std::span<const Migration> migrations)
    : left_(static_cast<std::size_t>(
          std::ranges::count_if(migrations, [](const Migration& one) { return one.down.has_value(); }))) {}

void Downs::replay(const Migration& migration, const Schema& schema, const Replay& ups, Verified& verified) {
  if (!migration.down) return;
  constexpr std::size_t most_objects = 200'000;  // copied for all that are still to come
  if (left_-- * schema.size() > most_objects) {
    ++left_out_;
    return;
  }
  Schema there = schema.copy();
  Replay replay = ups.on(there);
  ReplayedDown& undone = verified.downs.emplace_back(ReplayedDown{verified.statements.size(), {}});
  const std::size_t first = verified.findings.size();
  for (Effects& effects : replay.run(migration.down->text, migration.down->file, verified.findings))
    undone.statements.push_back({&*migration.down, std::move(effects)});
  for (std::size_t i = first; i < verified.findings.size(); ++i) {
    verified.findings[i].place.line += migration.down->line - 1;
    verified.findings[i].severity = Severity::warning;
  }
}

void Downs::tell(Findings& findings) const {
  if (left_out_ == 0) return;
  Finding& note = findings.emplace_back();
  note.severity = Severity::note;
  note.rule = "downs-left-out";
  note.message = concat("the downs of the earlier ", std::to_string(left_out_),
                        " migrations were not looked at, the history being long and the schema large");
}

}  // namespace quoin
