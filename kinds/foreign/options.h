// OPTIONS (…) of foreign data wrappers, servers, user mappings, foreign tables and their columns.
#pragma once
#include "core/model/reading.h"

namespace quoin {

/// Each as "name=value". What holds a secret, by its name or its value ("host=h password=x"), is left out of every
/// reading, so that nothing can write it.
List options_of(ast::Node list);
/// The same as an SQL expression over a text array as the catalogs have it: null where nothing is left.
Text options_column(std::string_view array);
/// Names of those that are left out, and an expression for the same.
List secrets_of(std::span<const Text> names, ast::Node list);
Text secrets_column(std::string_view array);

/// " OPTIONS (host 'h', port '5432')" or "".
Text options_clause(std::span<const Text> options);
/// " OPTIONS (SET host 'h', ADD port '5432', DROP dbname)" that leads from one list to another; "" where both are one.
Text options_change(std::span<const Text> from, std::span<const Text> to);

/// What ALTER … OPTIONS says, done to a list.
List changed_options(std::span<const Text> options, ast::Node list);
/// What a person has to do after a step that makes something with such options.
std::vector<Hazard> hazards_of_secrets(std::span<const Text> names, Id of);
/// Why a person should look twice where something with such options goes.
std::vector<Hazard> hazards_of_lost_secrets(std::span<const Text> names, Id of);
/// Options that hold a secret, which a catalog or YAML brought: only their names stay.
void set_secrets_aside(Object&, const Field<List>& options, const Field<List>& secrets);

/// What CREATE or ALTER FOREIGN TABLE says of a column.
void read_column_options(Id column, ast::Node list, Reading&);

}  // namespace quoin
