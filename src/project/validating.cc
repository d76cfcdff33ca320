#include "project/validating.h"

#include <algorithm>

#include "parser/migrations/refusals.h"
#include "project/assumed.h"
#include "project/judged.h"
#include "project/project.h"
#include "project/side.h"
#include "project/source.h"
#include "runner/lost_rows.h"
#include "runner/replaced.h"

namespace quoin {
namespace {
using runner::State;

Finding finding(Severity severity, RuleName rule, const Text& message, const Place& place) {
  Finding found;
  found.severity = severity;
  found.rule = rule;
  found.message = message;
  found.place = place;
  return found;
}

/// Numbers that were left out, where a folder counts its files instead of dating them.
void find_gaps(const std::vector<Migration>& files, Findings& findings) {
  constexpr std::size_t longest = 6;
  for (std::size_t i = 1; i < files.size(); ++i) {
    const Text &before = files[i - 1].version, &after = files[i].version;
    const bool counted = before.size() <= longest && after.size() <= longest &&
                         (before + after).find_first_not_of("0123456789") == Text::npos;
    if (!counted || std::stoi(after) <= std::stoi(before) + 1) continue;
    findings.push_back(finding(Severity::warning, "gap",
                               concat("no migration has a number between ", before, " and ", after), {files[i].file}));
    findings.back().hint = "if one was removed, databases that ran it keep what it did";
  }
}

/// The findings that stop a run before it begins, as in `migrate`.
void find_errors_in_scripts(const std::vector<Migration>& files, Findings& findings) {
  for (const Migration& file : files) {
    Findings refused = refusals(file);
    for (Finding& one : refused)
      if (one.rule == "transaction" && one.severity != Severity::note) one.severity = Severity::error;
    findings.insert(findings.end(), refused.begin(), refused.end());
    if (!refused.empty()) continue;
    try {
      const runner::Script up = runner::read_script(file.up, runner::wrapping_of(file.up));
      if (up.pieces.empty()) findings.push_back(finding(Severity::warning, "empty", "it does nothing", {file.file}));
      if (file.down) runner::read_script(*file.down, runner::wrapping_of(*file.down));
    } catch (const Error& error) {
      findings.push_back(finding(Severity::error, "psql", error.what(), error.where));
      findings.back().hint = error.hint;
    }
  }
}

/// What to do about a migration whose file is gone.
Text hint_for_gone(const runner::MigrationStatus& status) {
  return concat(
      "put the file back, as your repository's history has it; where it was removed on purpose, quoin repair"
      " --missing forgets it, and what it did stays",
      status.entry->down ? "; the ledger has kept its Down, so that quoin rollback can undo it all the same" : "");
}

/// What to do about one that is done in part.
Text hint_for_part(const runner::MigrationStatus& status) {
  const Text by_hand =
      concat("; or settle it by hand and say so: quoin repair ", status.version(), " --applied, --pending or --done N");
  if (!status.entry->odd.empty()) return concat("look at what stands of it in the database", by_hand);
  if (status.entry->status == runner::Status::undoing)
    return concat("run quoin rollback, which undoes the rest of it", by_hand);
  if (status.file == nullptr)
    return concat("put its file back, then run quoin migrate, which runs the rest of it", by_hand);
  return concat("correct the statement that failed in ", status.file->file,
                ", then run quoin migrate, which goes on there", by_hand);
}

void find_ledger_errors(const MigrationStatuses& statuses, Findings& findings) {
  for (const runner::MigrationStatus& status : statuses.all) {
    const Place place{status.file != nullptr ? status.file->file : Text()};
    const Text label = status.label();
    if (status.state == State::replaced || (status.baseline != nullptr && status.state != State::failed)) continue;
    if (status.state == State::changed) {
      findings.push_back(
          finding(Severity::error, "changed", concat(label, " was changed after it was applied"), place));
      findings.back().hint = concat(
          "put the file back as it was, and write what is new as another migration; where the change was"
          " reviewed, and the database is as the file has it now: quoin repair ",
          status.version(), " --applied");
    } else if (status.state == State::missing) {
      findings.push_back(
          finding(Severity::error, "missing-file", concat(label, " is applied, and its file is gone"), place));
      findings.back().hint = hint_for_gone(status);
    } else if (status.state == State::lost) {
      findings.push_back(finding(Severity::error, "lost-row",
                                 concat("the ledger has lost the row of ", label, ", which its log says was applied"),
                                 place));
      findings.back().hint = runner::way_of_lost(status);
    } else if (status.state == State::failed) {
      findings.push_back(
          finding(Severity::error, "failed", concat(label, " is done in part: ", status.state_in_words()), place));
      findings.back().hint = hint_for_part(status);
    } else if (status.out_of_order) {
      findings.push_back(finding(Severity::warning, "out-of-order",
                                 concat(label, " is pending, though later ones are applied"), place));
      findings.back().hint = "give it a later version, or run quoin migrate --out-of-order";
    }
  }
  try {
    runner::refuse_part_of_replaced(statuses.all);
  } catch (const Error& refusal) {
    findings.push_back(finding(Severity::error, "changed", refusal.what(), refusal.where));
    findings.back().hint = refusal.hint;
  }
}

/// That a down runs, and its up after it again, does not say that it undoes it: verify's own replay does.
void find_what_downs_leave(const Settings& settings, Findings& findings) {
  Judgement judged = judge_folder(settings.config.migrations, AskDatabase::never, settings);
  for (Finding& one : judged.findings)
    if (one.rule == "down-leaves") findings.push_back(std::move(one));
}

/// Ups, downs and ups again, on an empty database.
class Trial {
 public:
  Trial(postgres::Connection& connection, const std::vector<Migration>& files, const Settings& settings)
      : session_{connection, ledger_, {}}, files_(files), settings_(settings) {
    session_.is_trial = true;
  }

  void run() {
    ledger_.create(session_.connection);
    up(0);
    up(down());
  }
  Finding failure(const Error& error) const {
    const bool assumed = is_about_assumed(error, settings_), local = is_environment(error) || assumed;
    Finding failed =
        finding(local ? Severity::warning : Severity::error, local ? RuleName("untried") : RuleName("trial"),
                concat(step_, ": ", error.what()), error.where);
    failed.hint =
        assumed ? "to have it tried, name an SQL file under assume in quoin.yaml that makes what it needs" : error.hint;
    return failed;
  }
  std::size_t undone() const { return undone_; }

 private:
  void up(std::size_t from) {
    for (std::size_t i = from; i < files_.size(); ++i) {
      step_ = concat(from == 0 ? "run from nothing, " : "run again after its down, ", files_[i].label(), " fails");
      runner::apply(session_, files_[i], std::nullopt);
    }
  }

  /// Undoes from the last until one has no down; gives the first that is undone.
  std::size_t down() {
    std::size_t first = files_.size();
    const auto stays = [&](const Migration& file) { return file.repeats() && !file.down; };
    while (first > 0 && (files_[first - 1].down || stays(files_[first - 1]))) {
      if (stays(files_[first - 1])) {
        --first;
        continue;
      }
      const auto entries = ledger_.read(session_.connection);
      const auto statuses = runner::compare(files_, entries);
      step_ = concat("the down of ", files_[first - 1].label(), " fails");
      for (const runner::Undoing& undoing : runner::choose_undo(statuses, {})) runner::undo(session_, undoing);
      --first;
      ++undone_;
    }
    return first;
  }

  runner::Ledger ledger_{"quoin.migrations"};
  runner::LedgerSession session_;
  const std::vector<Migration>& files_;
  const Settings& settings_;
  Text step_ = "the ledger cannot be made";
  std::size_t undone_ = 0;
};

/// Roles outlive their database, so that those which one try has made would hinder the next.
void drop_roles_but(const List& kept, postgres::Connection& connection) {
  const postgres::Result made =
      connection.execute("SELECT rolname FROM pg_catalog.pg_roles WHERE oid OPERATOR(pg_catalog.>=) 16384");
  for (std::size_t row = 0; row < made.rows(); ++row)
    if (const Text role = made.text(row, 0); !std::ranges::count(kept, role))
      connection.execute(concat("DROP OWNED BY ", quote_ident(role), " CASCADE; DROP ROLE ", quote_ident(role)));
}

struct Tried {
  List roles;  // made for want of them
  Findings& findings;
};

/// Says how it went, and true; false where it was for want of a role, which is one of the roles now.
bool try_once(Shadow& server, const std::vector<Migration>& files, const Settings& settings, Tried& tried) {
  const Shadow::Database database = scratch_database(server, settings);
  postgres::Connection connection = database.connect();
  Trial trial(connection, files, settings);
  try {
    trial.run();
    remark(settings, concat("tried out from nothing: ", counted(files.size(), "migration"), " up, ",
                            std::to_string(trial.undone()), " down, and up again"));
  } catch (Error& error) {
    if (!connection.alive()) {  // a server that is gone says nothing about the migrations
      error.hint = "the server on which they are tried out has ended: say it again; your database was not touched";
      throw;
    }
    const Text lacking = server.is_private() ? missing_role(error) : Text();
    if (!lacking.empty() && !std::ranges::count(tried.roles, lacking)) {
      drop_roles_but(tried.roles, connection);
      connection.execute(concat("CREATE ROLE ", quote_ident(lacking)));
      tried.roles.push_back(lacking);
      return false;
    }
    tried.findings.push_back(trial.failure(error));
  }
  return true;
}

/// On a server of our own, roles that migrations name and do not make are made.
void try_out(Shadow& server, const MigrationStatuses& statuses, const Settings& settings, Findings& findings) {
  const Progress progress(settings, concat("trying out ", counted(statuses.files.size(), "migration")));
  Tried tried{{}, findings};
  while (!try_once(server, statuses.files, settings, tried)) {}
}

bool is_error(const Finding& found) { return found.severity == Severity::error; }

bool can_be_tried(const Findings& findings) {
  return std::ranges::none_of(findings, [](const Finding& found) {
    return is_error(found) && (found.rule == "transaction" || found.rule == "psql" || found.rule == "placeholder" ||
                               found.rule == "empty");
  });
}
}  // namespace

Validity validate(const ValidateRequest& request, const Settings& settings) {
  MigrationStatuses statuses;
  Validity validity;
  std::optional<int> major;
  if (const auto url = settings.database()) {
    const int seconds = seconds_of(request.wait);
    postgres::Connection connection = connect(*url, request.wait, settings);
    major = connection.major();
    statuses = read_migration_statuses(connection, runner::Ledger(settings.config.ledger, seconds), settings);
  } else {
    statuses.files = migrations_in(settings.config.migrations, settings);
    remark(settings, "no database is named, so only the files are looked at");
  }
  Findings& findings = validity.findings;
  find_gaps(statuses.files, findings);
  find_errors_in_scripts(statuses.files, findings);
  for (Finding& unmet : unmet_needs(statuses.files)) findings.push_back(std::move(unmet));
  find_ledger_errors(statuses, findings);
  find_what_downs_leave(settings, findings);
  const Text& option = request.shadow.empty() ? settings.config.shadow : request.shadow;
  if (can_be_tried(findings) && option != "off") {
    if (std::optional<Shadow> server = open_shadow(option, major, settings)) {
      try_out(*server, statuses, settings, findings);
    } else {
      remark(settings, "not tried out, for want of a shadow server");
    }
  }
  validity.migrations = statuses.files.size();
  return validity;
}

bool Validity::is_sound() const { return std::ranges::none_of(findings, is_error); }

bool Validity::was_seen_whole() const {
  return std::ranges::none_of(findings, [](const Finding& found) { return found.rule == "untried"; });
}

}  // namespace quoin
