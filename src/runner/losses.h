// What pending migrations take away from a database as it is now, found before they run.
#pragma once
#include <functional>

#include "runner/plan.h"

namespace quoin::runner {

/// The rules whose losses need --allow. data-loss: drops or empties what holds rows. access: takes rights away, or
/// changes who sees which rows or with whose rights something runs. settings: values depend on what the session has
/// set. other-history: another tool may have run the same files.
std::span<const RuleName> loss_rules();
/// The rule of a note on what could not be looked into; it needs no --allow.
inline constexpr RuleName note_rule = "note";
struct Loss {
  RuleName rule;  // one of these, or note_rule
  Text what;      // "drops table public.orders"
  Place place;
  bool opens = false;  // of access: somebody may do more than before, which is told and needs no --allow
};

enum class AppliedBefore { none, some };
/// What was there before a run. Where nothing was applied and the database has nothing of its own, what every database
/// has from its start (schema public, itself, default privileges) may change without loss.
struct BeforeRun {
  AppliedBefore applied = AppliedBefore::some;
  List ledger{};  // quoin's own tables, as SQL names them
};

/// True if values of the built-in type `from` are not kept whole in `to`; types are named as format_type() does.
using LosesValues = std::function<bool(std::string_view from, std::string_view to)>;
/// The losses of everything that the sections would run: what a `-- WARNING(data-loss): …` (or another of the rules)
/// above a statement says, and what the statement itself shows, by the names that things had before the run's own
/// RENAME, SET SCHEMA and search_path. What the same run creates first is no loss, and a setting is none where the
/// section has set it, or the statement says how values are to be read. What DO, or a called routine in SQL or
/// PL/pgSQL, runs is read as well, except SQL that it builds at run time, which is a note. A statement that cannot be
/// read, or that a trigger or a routine of another language runs, is not seen.
std::vector<Loss> find_losses(postgres::Connection&, const std::vector<const Section*>&, const BeforeRun&,
                              const LosesValues& loses);

}  // namespace quoin::runner
