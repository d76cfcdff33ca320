#include "project/project.h"

#include <algorithm>

#include "core/base/finding_text.h"
#include "core/base/visible.h"
#include "kinds/column/column.h"
#include "project/tenant.h"

namespace quoin {

runner::RunMessages messages_to(const Settings& settings) {
  return {
      [&settings](std::string_view line) { remark(settings, line); },
      [&settings](std::string_view line) { detail(settings, line); },
      [&settings](std::string_view what, std::optional<double> share) { settings.audience->advances(what, share); }};
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
  // A run has several connections, and each of them waits.
  const auto say = [&settings](std::string_view line) { remark_once(settings, line); };
  return {seconds_of(wait), say, std::move(stop), wait ? runner::Until::server : runner::Until::room};
}
}  // namespace

namespace {
/// What a run undoes or runs in a schema that is a target, another ledger would not know. A path that nobody has set
/// begins with public, where the ledger of another project may be.
void require_ledger_of_path(postgres::Connection& connection, const runner::Ledger& ledger, const Settings& settings) {
  if (!settings.target_schema.empty()) return;  // and its ledger, which may be to come
  const auto found = connection.execute(
      "SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
      " ON n.oid OPERATOR(pg_catalog.=) c.relnamespace"
      " WHERE n.nspname OPERATOR(pg_catalog.=) pg_catalog.current_schema()"
      " AND c.relname OPERATOR(pg_catalog.=) 'quoin_migrations'"
      " AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid"
      " AND a.attname OPERATOR(pg_catalog.=) 'statements_done')"
      " AND (n.nspname OPERATOR(pg_catalog.<>) 'public' OR EXISTS (SELECT FROM pg_catalog.pg_settings s"
      " WHERE s.name OPERATOR(pg_catalog.=) 'search_path' AND s.source OPERATOR(pg_catalog.<>) 'default'))");
  if (found.rows() == 0) return;
  const Text schema = found.text(0, 0), own = concat(schema, tenant_ledger);
  if (ledger.name() == runner::Ledger(own).name()) return;
  throw Error(Code::refused,
              concat("names are looked up first in the schema ", quote_ident(schema), ", whose ledger is ", own,
                     ", and this run would use the ledger ", ledger.name()),
              {},
              concat("say --schema ", schema, " in place of the search_path, or ledger: ", own,
                     " in quoin.yaml; where that other ledger is meant: another search_path in the URL"));
}
}  // namespace

postgres::Connection connect(const Text& url, std::optional<int> wait, const Settings& settings) {
  postgres::Connection connection = runner::connect(url, waiting_of(wait, settings));
  require_ledger_of_path(connection, runner::Ledger(settings.config.ledger), settings);
  return connection;
}

List path_of_session(postgres::Connection& connection) {
  const auto found = connection.execute("SELECT pg_catalog.current_setting('search_path'), CURRENT_USER");
  Settings read;
  read.search_path_option = found.text(0, 0);
  List path = trim(read.search_path_option).empty() ? List() : read.search_path();
  std::erase(path, "");
  std::ranges::replace(path, Text("$user"), found.text(0, 1));
  return path;
}

LockedLedger::LockedLedger(const Text& url, std::optional<int> wait, const Settings& given, const std::stop_token& stop)
    : settings(given),
      ledger(settings.config.ledger, seconds_of(wait)),
      lock(url, ledger.name(), waiting_of(wait, settings, stop)),
      connection(lock.worker()),
      session{connection, ledger, messages_to(settings), seconds_of(wait), lock.link(), stop, {}, {}},
      cancel(stop, [this] { connection.cancel(); }) {
  require_ledger_of_path(connection, ledger, settings);
  hear_notices(connection, settings);
  if (postgres::Connection* observer = lock.observer()) {
    watch.emplace(connection, *observer, session.messages);
    session.watch = &*watch;
    session.second = observer;
  }
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
