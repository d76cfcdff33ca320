// What pending migrations take away from a database as it is now: told before they run.
#pragma once
#include <functional>

#include "runner/plan.h"

namespace quoin::runner {

/// What wants leave. data-loss: drops or empties what holds rows. access: takes rights away, or changes who sees which
/// rows or with whose rights something runs. settings: values come out by what the session has set. other-history:
/// another tool may have run the same files.
const List& loss_rules();
/// Of what is not looked into, which wants no leave.
inline constexpr std::string_view note_rule = "note";
struct Loss {
  Text rule;  // one of these, or note_rule
  Text what;  // "drops table public.orders"
  Place place;
  bool opens = false;  // of access: somebody may do more than before, which is told and wants no leave
};

/// Whether anything was applied to the database before: rights that nobody had yet are no loss.
enum class History { none, some };

/// Of all that the sections would run: what a `-- WARNING(data-loss): …` (or another of the rules) above a statement
/// says, and what the statement itself shows (a setting decides nothing where the section has set it, or the statement
/// says how values are to be read), by the names that things had before the run's own RENAME, SET SCHEMA and
/// search_path. What the same run makes first is no loss. What a DO, or a
/// routine in SQL or PL/pgSQL that is called, runs is read like the rest, but for what it puts together, which is a
/// note. A statement that cannot be read, or that a trigger or a routine of another language runs, is not seen.
/// `loses` decides of built-in types, as format_type() says them, whether values of one are not kept whole in another.
using LosesValues = std::function<bool(std::string_view from, std::string_view to)>;
std::vector<Loss> find_losses(postgres::Connection&, const std::vector<const Section*>&, History,
                              const LosesValues& loses);

}  // namespace quoin::runner
