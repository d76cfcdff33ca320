// Finds what pending migrations would take away from a database, before they run.
#pragma once
#include <functional>

#include "runner/plan.h"

namespace quoin::runner {

/// The rules whose losses need --allow. data-loss: drops or empties what holds rows. access: takes rights away, or
/// changes who sees which rows or with whose rights something runs. settings: values depend on what the session has
/// set. other-history: another tool may have run the same files.
std::span<const RuleName> loss_rules();
/// The rule of a note about SQL that could not be read; it needs no --allow.
inline constexpr RuleName note_rule = "note";
struct Loss {
  RuleName rule;  // one of these, or note_rule
  Text what;      // "drops table public.orders"
  Place place;
  bool opens = false;  // of access: a role may do more than before, which needs no --allow
};

enum class AppliedBefore { none, some };
/// The database before a run. Where nothing was applied and it has no objects of its own, objects that every database
/// has (schema public, the database, default privileges) may change without loss.
struct BeforeRun {
  AppliedBefore applied = AppliedBefore::some;
  List ledger{};  // quoin's own tables, as SQL names them
};

/// True if values of the built-in type `from` are not kept whole in `to`; types are named as format_type() does.
using LosesValues = std::function<bool(std::string_view from, std::string_view to)>;
/// The losses of everything that the sections would run: those that a `-- WARNING(data-loss): …` (or another of the
/// rules) above a statement names, and those that the statement itself shows; names are followed back through the run's
/// own RENAME, SET SCHEMA and search_path. Objects that the same run creates are no loss; a setting is none where the
/// section sets it, or where the statement says how values are to be read. SQL that DO, or a called routine in SQL or
/// PL/pgSQL, runs is read as well; SQL that it builds at run time is a note. Statements that do not parse, and those of
/// triggers and of routines in other languages, are not seen.
std::vector<Loss> find_losses(postgres::Connection&, const std::vector<const Section*>&, const BeforeRun&,
                              const LosesValues& loses);

}  // namespace quoin::runner
