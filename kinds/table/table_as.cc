// CREATE TABLE AS and SELECT INTO: a table of the columns that a query gives, which keep nothing but type and
// collation.
#include "core/model/space.h"
#include "kinds/column/column_fields.h"
#include "kinds/table/table_reading.h"

namespace quoin {

// Where a type does not show, only a server can tell what table that is.
void read_table_as(ast::Node statement, Reading& reading) {
  const bool is_select = statement.has("intoClause");
  const ast::Node into = is_select ? statement["intoClause"] : statement["into"], name = into["rel"];
  const std::optional<std::vector<GivenColumn>> columns =
      reading.columns_of(is_select ? statement : statement["query"]);
  if (!columns || std::ranges::any_of(*columns, &Text::empty, &GivenColumn::type))
    return reading.make_unmodelled(space::relation, name, "table made by a query");
  const Object* table = make_table(statement, name, into, reading);
  if (!table) return;
  const Id id = table->id;
  const List names = into["colNames"].texts();
  for (std::size_t i = 0; i < columns->size(); ++i) {
    Object* column = reading.make(column_kind, id, i < names.size() ? names[i] : (*columns)[i].name);
    if (!column) continue;
    column->put(column_fields.type, (*columns)[i].type);
    column->put(column_fields.collation, (*columns)[i].collation);
  }
}

}  // namespace quoin
