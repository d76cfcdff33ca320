// What a platform provides, as quoin.yaml's `assume` says it: there before the first migration, and no concern of ours.
#pragma once
#include "core/model/schema.h"
#include "core/postgres/shadow.h"
#include "parser/replay/replay.h"
#include "project/settings.h"

namespace quoin {

/// Reads the files that are assumed.
Assumed read_assumed(const Settings&);
/// A scratch database that has what is assumed: the files are run, and schemas that are only named are there, empty.
Shadow::Database scratch_database(Shadow&, const Settings&);
/// Takes away what is assumed, and what lies in it, so that it is neither compared nor written down.
void leave_out_assumed(Schema&, Ids&, const Settings&);
/// Whether a server misses something in a schema that is only named, which says nothing about the files.
bool is_about_assumed(const Error&, const Settings&);

}  // namespace quoin
