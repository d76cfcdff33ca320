// Everything quoin knows about functions, window functions among them.
#include "kinds/list.h"
#include "kinds/routine/routine.h"
#include "kinds/routine/routine_reader.h"
#include "kinds/type/base_type.h"

namespace quoin {
namespace {
Text catalog(int version) { return routine_catalog("FUNCTION", "'f', 'w'", version); }

constexpr StatementReader readers[] = {{"CreateFunctionStmt", "", read_create_routine},
                                       {"AlterFunctionStmt", "", read_alter_routine}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind function_kind{.name = "function",
                             .key = "functions",
                             .weight = 160,
                             .fields = routine_fields,
                             .traits = replaceable | has_section | has_owner,
                             .noun = "FUNCTION",
                             .object_type = "OBJECT_FUNCTION",
                             .addressed = &by_arguments,
                             .space = space::routine,
                             .parents = parents,
                             .body = &routine_body,
                             .rights = &function_rights,
                             .dropped_with = served_type,
                             .counts_on = path_of_routine,
                             .sql = {.create = create_routine, .change = change_routine, .on_rebuild = follow_routine},
                             .cost = {.of_access = hazards_of_routine_access},
                             .reading = {.catalog = catalog, .readers = readers, .derive = derive_routine}};
}  // namespace quoin
