#include "project/project.h"

#include "core/base/finding_text.h"
#include "core/base/visible.h"
#include "kinds/column/column.h"

namespace quoin {

runner::RunMessages messages_to(const Settings& settings) {
  return {[&settings](std::string_view line) { remark(settings, line); },
          [&settings](std::string_view line) { detail(settings, line); }};
}

void hear_notices(postgres::Connection& connection, const Settings& settings) {
  connection.on_notice([&settings](std::string_view severity, std::string_view message) {
    Text before = concat("  ", lower(severity), ": ");
    for (const Text& line : split(message, '\n')) {
      const Text shown = line_for_people(concat(before, line));
      severity == "WARNING" ? remark(settings, shown) : detail(settings, shown);
      before = "    | ";
    }
  });
}

List lines_of(const std::vector<runner::Loss>& losses) {
  List lines;
  for (const runner::Loss& loss : losses)
    lines.push_back(line_for_people(concat(to_string(loss.place), ": ", loss.rule, ": ", loss.what)));
  return lines;
}

int seconds_of(std::optional<int> wait) {
  if (wait && *wait < 0)
    throw Error(Code::usage, concat("--wait ", std::to_string(*wait), " is no time to wait"), {},
                "give seconds: 0 does not wait at all, 86400 is a day");
  return wait.value_or(10);
}

namespace {
runner::Waiting waiting_of(std::optional<int> wait, const Settings& settings, std::stop_token stop = {}) {
  return {seconds_of(wait), messages_to(settings).remark, std::move(stop),
          wait ? runner::Until::server : runner::Until::room};
}
}  // namespace

postgres::Connection connect(const Text& url, std::optional<int> wait, const Settings& settings) {
  return runner::connect(url, waiting_of(wait, settings));
}

LockedLedger::LockedLedger(const Text& url, std::optional<int> wait, const Settings& given, const std::stop_token& stop)
    : settings(given),
      ledger(settings.config.ledger, seconds_of(wait)),
      lock(url, ledger.name(), waiting_of(wait, settings, stop)),
      connection(lock.worker()),
      session{connection, ledger, messages_to(settings), seconds_of(wait), lock.link(), stop, {}, {}},
      cancel(stop, [this] { connection.cancel(); }) {
  hear_notices(connection, settings);
  if (lock.link() == runner::Link::direct) return;
  remark(settings,
         "warning: a pooler in transaction mode stands before this server: what relies on its session is refused;"
         " better connect to the server itself");
}

Text counted(std::size_t count, std::string_view thing) {
  return concat(std::to_string(count), " ", thing, count == 1 ? "" : "s");
}

std::vector<runner::Loss> find_losses(postgres::Connection& connection, const std::vector<const Section*>& sections,
                                      const runner::BeforeRun& before) {
  return runner::find_losses(connection, sections, before, keeps_too_little);
}

}  // namespace quoin
