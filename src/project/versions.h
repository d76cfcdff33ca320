// Installed versions of extensions, where `manage` in quoin.yaml has them compared.
#pragma once
#include "core/model/kind.h"
#include "core/postgres/postgres.h"
#include "project/settings.h"

namespace quoin {

/// Null: the kind has none.
const FieldBase* version_field(const Kind&);

/// Where versions of extensions are not `off`: reads those of the database.
void read_versions(postgres::Connection&, Schema&, const Settings&);
/// For a schema that was read without a server: versions that it has are compared (Object::counted).
void count_versions(Schema&, const Settings&);
/// For a schema that a server has made from SQL: only versions that the SQL itself (`said`) has are compared.
void count_said_versions(Schema&, const Schema& said);
/// Where versions are `report`: returns how they differ, and has them compared no more.
List report_versions(Schema& from, Schema& to, const Settings&);

/// A sentence for each extension that the database of `from` cannot bring to the version that `to` says.
List out_of_reach(postgres::Connection&, const Schema& from, const Schema& to);

/// For the way back from `after`: counts no version of `before` that it does not have; a sentence where there is one.
List keep_updated(Schema& before, const Schema& after);

}  // namespace quoin
