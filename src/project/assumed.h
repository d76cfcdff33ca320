// What a platform provides, by `assume` in quoin.yaml: it exists before the first migration, and is neither compared
// nor written down.
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
/// A scratch database with what is assumed: the files are run, and schemas that are only named are created empty.
Shadow::Database scratch_database(Shadow&, const Settings&);
/// Removes what is assumed, and what lies in it, from the schema, so that it is neither compared nor written down.
void leave_out_assumed(Schema&, Ids&, const Settings&);
/// True if the server lacks something in a schema that is only named: such an error says nothing about the migrations.
bool is_about_assumed(const Error&, const Settings&);

}  // namespace quoin
