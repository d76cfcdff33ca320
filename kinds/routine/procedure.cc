// Everything quoin knows about procedures.
#include "kinds/list.h"
#include "kinds/routine/routine.h"

namespace quoin {
namespace {
Text catalog(int version) { return routine_catalog("PROCEDURE", "'p'", version); }

constexpr std::string_view parents[] = {"schema"};
constexpr std::string_view lacks[] = {"returns",  "returns_table", "volatility", "strict",  "leakproof",
                                      "parallel", "cost",          "rows",       "support", "window"};
}  // namespace

constexpr Kind procedure_kind{.name = "procedure",
                              .key = "procedures",
                              .weight = 170,
                              .fields = routine_fields,
                              .traits = replaceable | has_section | has_owner,
                              .noun = "PROCEDURE",
                              .object_type = "OBJECT_PROCEDURE",
                              .addressed = &by_arguments,
                              .space = space::routine,
                              .parents = parents,
                              .body = &routine_body,
                              .rights = &procedure_rights,
                              .counts_on = path_of_routine,
                              .sql = {.create = create_routine, .change = change_routine, .on_rebuild = follow_routine},
                              .cost = {.of_access = hazards_of_routine_access},
                              .reading = {.catalog = catalog, .derive = derive_routine},
                              .yaml = {.lacks = lacks}};
}  // namespace quoin
