// OPTIONS (…) of foreign data wrappers, servers, user mappings, foreign tables and their columns.
#pragma once
#include "core/model/reading.h"

namespace quoin {

/// The options of a DefElem list, each as "name=value". An option that holds a secret, by its name or its value
/// ("host=h password=x"), is left out of every reading, so that nothing can write it.
List options_of(ast::Node list);
/// The same as an SQL expression over a text array as the catalogs have it: null where nothing is left.
Text options_column(std::string_view array);
/// The names of the options that are left out because they hold a secret, after the statement; and the same as an SQL
/// expression.
List secrets_of(std::span<const Text> names, ast::Node list);
Text secrets_column(std::string_view array);

/// " OPTIONS (host 'h', port '5432')" or "".
Text options_clause(std::span<const Text> options);
/// " OPTIONS (SET host 'h', ADD port '5432', DROP dbname)" that leads from one list to another; "" where both are one.
Text options_change(std::span<const Text> from, std::span<const Text> to);

/// The options after an ALTER … OPTIONS with this list.
List changed_options(std::span<const Text> options, ast::Node list);
/// The hazard of a step that creates something with secret options: a person has to set them by hand.
std::vector<Hazard> hazards_of_secrets(std::span<const Text> names, Id of);
/// The hazard of a step that drops something with secret options: nothing can give them back.
std::vector<Hazard> hazards_of_lost_secrets(std::span<const Text> names, Id of);
/// Takes secrets that a catalog or YAML brought out of the options, so that only their names stay.
void set_secrets_aside(Object&, const Field<List>& options, const Field<List>& secrets);

/// Reads the OPTIONS that CREATE or ALTER FOREIGN TABLE gives a column.
void read_column_options(Id column, ast::Node list, Reading&);

}  // namespace quoin
