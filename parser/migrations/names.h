// What the name of a migration's file or folder says.
#pragma once
#include "core/base/text.h"

namespace quoin::migration_names {

enum class Form { plain, up, down, flyway, flyway_undo, flyway_repeatable, flyway_baseline };

/// The parts of a file's or folder's name.
struct NameParts {
  Text version, name;  // an empty version: the name has none
  Form form = Form::plain;
};
/// The parts of a path's last name: "20250106_090000_catalogue.sql", "0007_add-x.up.sql", "V1.2__x.sql", "0001_init" (a
/// folder).
NameParts parts_of(const Text& path);

bool is_sql(std::string_view name);  // x.sql, X.SQL
/// True of a file that an editor or a system leaves beside others: x.sql~, #x.sql#, .x.sql.swp, ._x.sql.
bool is_leftover(std::string_view name);
/// The language of a file that other tools run as a step: "JavaScript" of x.js; empty: of none.
std::string_view language_of(std::string_view name);
/// True of a step's name that does not begin with its version: Migration20240105093000.ts of MikroORM,
/// Version20240105093000.php of Doctrine, 1a2b3c4d5e01_add_orders.py of Alembic.
bool is_step_of_a_tool(std::string_view name);
/// Why Flyway would not run a file that quoin would run in a folder of another layout: "v2__x.sql", "V3_x.sql",
/// "V4__x.SQL". Empty: Flyway would run it, or neither would, or the name does not look like Flyway's.
Text flyway_s_reason_against(const Text& path);
/// True if Flyway runs a file of this name, as a migration or an undo.
bool is_of_flyway(std::string_view name);
/// Why an SQL file whose name is no migration's is none: what another tool takes it for, or what its name lacks.
Text reason_against(const Text& path);

}  // namespace quoin::migration_names
