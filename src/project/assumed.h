// Objects that a platform provides (`assume` in quoin.yaml): they exist before the first migration, and are neither
// compared nor documented.
#pragma once
#include "core/model/schema.h"
#include "core/postgres/shadow.h"
#include "parser/replay/replay.h"
#include "parser/replay/verify.h"
#include "project/settings.h"

namespace quoin {

/// Reads what `assume` names: schemas, and the files with their SQL.
Assumed read_assumed(const Settings&);
/// verify() as the project has it: with its search_path, and what is assumed.
Verified replayed(std::span<const Migration>, Schema&, const Settings&);
/// A scratch database in which the assumed files have run; schemas that are only named are created empty.
Shadow::Database scratch_database(Shadow&, const Settings&);
/// Removes the assumed objects, and what lies in them, from the schema.
void leave_out_assumed(Schema&, Ids&, const Settings&);
/// True if the error is that something in a schema that is only named does not exist, which does not disprove
/// migrations.
bool is_about_assumed(const Error&, const Settings&);

}  // namespace quoin
