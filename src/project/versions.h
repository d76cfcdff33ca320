// Installed versions of extensions, where `manage` in quoin.yaml says that they are quoin's.
#pragma once
#include "core/model/kind.h"
#include "core/postgres/postgres.h"
#include "project/settings.h"

namespace quoin {

/// Null: the kind has none.
const FieldBase* version_field(const Kind&);

/// Where versions of extensions are not `off`: reads those of the database.
void read_versions(postgres::Connection&, Schema&, const Settings&);
/// Of a schema that was read without a server: makes those that are said count.
void count_versions(Schema&, const Settings&);
/// Of a schema that a server has made of SQL: those that the SQL says count, others are the server's choice.
void count_said_versions(Schema&, const Schema& said);
/// Where they are `report`: tells how they differ, and counts them no more.
List report_versions(Schema& from, Schema& to, const Settings&);

/// A sentence for each extension that the database of `from` cannot bring to the version that `to` says.
List out_of_reach(postgres::Connection&, const Schema& from, const Schema& to);

/// For the way back from `after`: counts no version of `before` that it does not have; a sentence where there is one.
List keep_updated(Schema& before, const Schema& after);

}  // namespace quoin
