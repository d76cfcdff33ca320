#include "project/preflight.h"

#include <algorithm>

#include "core/base/comment.h"
#include "core/model/kind.h"
#include "parser/migrations/refusals.h"
#include "project/adopted.h"
#include "project/backup.h"
#include "project/drift.h"
#include "project/foretold.h"
#include "project/histories.h"
#include "project/leave.h"
#include "project/source.h"
#include "runner/batch.h"
#include "runner/inspection.h"
#include "runner/lacking_down.h"
#include "runner/script_faults.h"
#include "runner/server_lookup.h"

namespace quoin {
namespace {

Finding& add(Findings& findings, Severity severity, RuleName rule, Text message) {
  Finding& finding = findings.emplace_back();
  finding.severity = severity;
  finding.rule = rule;
  finding.message = std::move(message);
  return finding;
}

void add(Findings& findings, RuleName rule, const Error& error) {
  Finding& finding = add(findings, Severity::error, rule, error.what());
  finding.place = error.where;
  finding.hint = error.hint;
}

constexpr const char* most_wait = "3s";  // for a lock: what waits longer is what is to be told

/// The database as it is; no value: not known, which is said.
std::optional<Schema> live_schema(postgres::Connection& connection, Ids& ids, const Settings& settings,
                                  Findings& findings) {
  try {
    Schema live = read_live(connection, ids, settings, most_wait);
    find_histories(connection, live, settings);
    return live;
  } catch (const Error& error) {
    if (!connection.alive() || (error.code != Code::input && error.sqlstate != "55P03")) throw;
    add(findings, Severity::note, "drift",
        concat("whether the database has drifted, or has already what is to be made, is not known: ", error.what()));
    return std::nullopt;
  }
}

void find_drift(const Drift& drift, Findings& findings) {
  if (!drift.unknown.empty())
    add(findings, Severity::note, "drift", concat("whether the database has drifted is not known: ", drift.unknown));
  if (!drift.extra.empty())
    add(findings, Severity::warning, "drift", concat("the database has ", told_of_extra(drift))).hint =
        "write what was done by hand as a migration, or undo it; quoin diff --from migrations tells more";
  if (!drift.lost.empty())
    add(findings, Severity::warning, "drift", concat("the database lacks ", told_of_lost(drift))).hint =
        "make it again by hand before something needs it";
}

using Pending = std::vector<runner::MigrationStatus>;

void find_syntax(int major, const Pending& pending, Findings& findings) {
  for (const runner::MigrationStatus& status : pending) {
    std::vector<Error> errors;
    const Section& up = status.file->up;
    ast::Tree::parse_all(up.text, errors);
    for (const Error& error : errors) {
      const bool is_newer = major > ast::grammar();  // than what quoin reads
      Finding& finding = add(findings, is_newer ? Severity::warning : Severity::error, "syntax",
                             concat("this is no SQL that quoin can read: ", error.what()));
      finding.place = {up.file, up.line + error.where.line - 1, error.where.column};
      finding.hint = is_newer ? Text("the server is newer, and may") : error.hint;
    }
  }
}

/// What migrate would ask leave for.
void find_losses_without_leave(const UnallowedLosses& leave, Findings& findings) {
  for (const runner::Loss& loss : leave.open) {
    Finding& finding = add(findings, Severity::error, loss.rule, concat(loss.rule, ": ", loss.what));
    finding.place = loss.place;
    finding.hint = concat("if it is meant: --allow ", loss.rule, ", with preflight and migrate, or allow: [", loss.rule,
                          "] in quoin.yaml");
  }
}

void find_notes(const UnallowedLosses& leave, Findings& findings) {
  for (const runner::Loss& loss : leave.notes) {
    if (loss.rule != runner::note_rule) continue;
    Finding& finding = add(findings, Severity::note, loss.rule, loss.what);
    finding.place = loss.place;
  }
}

/// What `diff` wrote above its statements about rows that may stand against them.
void find_what_may_fail(const Pending& pending, Findings& findings) {
  for (const runner::MigrationStatus& status : pending) {
    const Section& up = status.file->up;
    for (const ast::Comment& comment : ast::comments(up.text)) {
      const auto said =
          text_of_warning("may-fail", std::string_view(up.text).substr(comment.begin, comment.end - comment.begin));
      if (!said) continue;
      Finding& finding = add(findings, Severity::warning, "may-fail", concat("may fail: ", *said));
      finding.place = place_of(up, comment.begin);
      finding.hint = "look for such rows before the run, and mend them";
    }
  }
}

/// Of migrations that are done in part, what is left of them: blanks stand for the statements that are done.
class Remainders {
 public:
  explicit Remainders(Pending pending) : pending_(std::move(pending)) {
    files_.reserve(pending_.size());  // pointers lead there
    for (runner::MigrationStatus& status : pending_)
      if (status.state == runner::State::failed) {
        files_.push_back(*status.file);
        blank(files_.back().up, status.entry->statements_done);
        status.file = &files_.back();
      }
  }
  Remainders(const Remainders&) = delete;
  Remainders& operator=(const Remainders&) = delete;
  ~Remainders() = default;
  const Pending& pending() const { return pending_; }

 private:
  Pending pending_;
  std::vector<Migration> files_;

  static void blank(Section& up, std::size_t done) {
    const runner::Script script = runner::read_script(up, runner::wrapping_of(up));
    if (done == 0 || done > script.pieces.size()) return;
    const runner::Piece& last = script.pieces[done - 1];
    const std::size_t end =
        std::min(last.begin + last.sql.size(), up.text.size());  // comments behind are the next one's
    for (std::size_t i = 0; i < end; ++i)
      if (up.text[i] != '\n') up.text[i] = ' ';
  }
};

void find_irreversible(const std::vector<runner::MigrationStatus>& pending, Findings& findings) {
  for (const runner::MigrationStatus& status : pending) {
    if (status.file->down) continue;
    Finding& finding = add(findings, Severity::warning, "irreversible",
                           concat(status.label(), " cannot be undone: ", runner::lacking_down(status)));
    finding.place.file = status.file->file;
    finding.hint = "write one, or have a backup at hand";
  }
}

void find_no_transaction(const Pending& pending, Findings& findings) {
  for (const runner::MigrationStatus& status : pending)
    if (auto why = runner::why_no_transaction(status.file->up)) findings.push_back(std::move(*why));
}

/// What stands here against the chunks of a batch. A migration that is pending before may still change it.
void find_faults_of_batches(postgres::Connection& connection, const Pending& pending, Findings& findings) {
  for (const runner::MigrationStatus& status : pending) {
    const Section& up = status.file->up;
    for (const runner::Piece& piece : runner::read_script(up, runner::wrapping_of(up)).pieces) {
      auto fault = piece.batch ? runner::fault_here(connection, piece.sql) : std::nullopt;
      if (!fault) continue;
      fault->where = place_of(up, piece.begin);
      add(findings, "psql", *fault);
      if (&status != &pending.front()) findings.back().severity = Severity::warning;
    }
  }
}

/// What a run would refuse, in its own words.
template <class Check>
void find_refusal(Findings& findings, Check check) {
  try {
    check();
  } catch (const Error& error) {
    if (error.code != Code::refused && error.code != Code::input) throw;
    add(findings, "ledger", error);
  }
}

/// Statements of what is pending, and what is there.
class LookAhead {
 public:
  LookAhead(postgres::Connection& connection, const runner::Ledger& ledger, const PreflightSettings& wished,
            Findings& findings)
      : connection_(connection), ledger_(ledger), wished_(wished), settings_(wished.settings), findings_(findings) {}

  std::size_t look(const MigrationStatuses& statuses) {
    const auto earlier = earlier_history(connection_, ledger_, statuses, settings_);
    const bool is_of_a_tool = earlier && earlier->is_of_a_tool();
    if (!is_allowed(other_history_rule, wished_.allowed, settings_)) {
      if (earlier) add(findings_, Severity::error, "ledger", earlier->in_words()).hint = earlier->advice();
      find_refusal(findings_, [&] { refuse_other_folder(statuses, settings_); });
    }
    if (const auto holder = runner::holder_of(connection_, ledger_.name()))
      add(findings_, Severity::warning, "blocked", concat("another runner is at work: ", *holder)).hint =
          "wait for it to end: quoin migrate --wait SECONDS";
    Pending whole;
    const std::size_t before = findings_.size();
    find_refusal(findings_, [&] { whole = runner::choose_pending(statuses.all, wished_.bounds); });
    const bool is_refused = findings_.size() > before;
    find_irreversible(whole, findings_);
    find_no_transaction(whole, findings_);
    const Remainders remainders(whole);
    const Pending& pending = remainders.pending();
    find_syntax(connection_.major(), pending, findings_);
    look_at_rights(pending);
    look_at_server_names(pending);
    const UnallowedLosses leave =
        unallowed_losses(losses_of(connection_, statuses, pending, settings_), wished_.allowed, settings_);
    find_losses_without_leave(leave, findings_);
    find_notes(leave, findings_);
    find_what_may_fail(pending, findings_);
    find_faults_of_batches(connection_, pending, findings_);
    Ids ids;
    auto live = live_schema(connection_, ids, settings_, findings_);
    const std::size_t to_run = is_refused ? open_in(statuses) : pending.size();
    if (!live) return to_run;
    find_drift(settings_.target_schema.empty() ? drift_of(*live, statuses, settings_)
                                               : drift_of(connection_, statuses, settings_),
               findings_);
    if (!is_of_a_tool)
      std::ranges::move(
          foretold_of({*live, connection_, pending,
                       earlier ? earlier->advice()
                               : Text("drop it, or say of a migration whose all is there: quoin repair VERSION"
                                      " --applied")}),
          std::back_inserter(findings_));
    return to_run;
  }

 private:
  /// Of what a run refuses as a whole, all that has a file is still pending.
  static std::size_t open_in(const MigrationStatuses& statuses) {
    return static_cast<std::size_t>(
        std::ranges::count_if(statuses.all, [](const auto& one) { return one.file != nullptr && is_open(one); }));
  }

  postgres::Connection& connection_;
  const runner::Ledger& ledger_;
  const PreflightSettings& wished_;
  const Settings& settings_;
  Findings& findings_;

  void look_at_rights(const Pending& pending) {
    std::vector<runner::Requirement> touched;
    if (!ledger_.exists(connection_)) touched.push_back({runner::Need::schemas, {}, {}, {}, "the ledger"});
    for (const runner::MigrationStatus& status : pending)
      for (runner::Requirement& one : runner::requirements_of(status.file->up)) touched.push_back(std::move(one));
    runner::inspect_requirements(connection_, touched, findings_);
  }

  void look_at_server_names(const Pending& pending) {
    std::vector<runner::ServerName> names;
    for (const runner::MigrationStatus& status : pending)
      for (runner::ServerName& one : runner::server_names_in(status.file->up))
        if (status.state != runner::State::failed || one.deed != runner::ServerName::Deed::makes)
          names.push_back(std::move(one));
    runner::look_up(connection_, names, findings_);
  }
};

}  // namespace

Preflight look_ahead_of_run(const Text& url, const PreflightSettings& wished) {
  postgres::Connection connection = connect(url, wished.wait, wished.settings);
  connection.execute(concat("SET lock_timeout = ", quote_literal(most_wait)));
  const runner::Ledger ledger(wished.settings.config.ledger, seconds_of(wished.wait));
  Preflight preflight{connection.name(), connection.major(), {}, {}};
  Findings& findings = preflight.findings;
  runner::inspect_server(connection, findings);
  std::optional<MigrationStatuses> statuses;
  try {
    statuses = read_migration_statuses(connection, ledger, wished.settings);
    ledger.require_writable(connection);
  } catch (const Error& error) {
    if (error.code != Code::refused && error.sqlstate != "42501") throw;
    add(findings, "ledger", error);
  }
  try {
    if (statuses) preflight.pending = LookAhead(connection, ledger, wished, findings).look(*statuses);
  } catch (const Error& error) {
    if (error.sqlstate != "55P03") throw;
    add(findings, Severity::error, "blocked",
        concat("not all could be looked at, since another session holds a lock: ", error.what()))
        .hint = "end that session, or wait for it, then say it again";
  }
  runner::inspect_health(connection, findings);
  const Findings of_backup = look_at_backup(connection, wished.settings.config);
  findings.insert(findings.end(), of_backup.begin(), of_backup.end());
  return preflight;
}

}  // namespace quoin
