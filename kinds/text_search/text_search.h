// What the four kinds of text search objects share.
#pragma once
#include "core/model/reading.h"

namespace quoin {

/// The name under which a catalog knows a text search object: that of an object of the kind in the schema where a new
/// one would be created, else of the server's own.
Text text_search_name(const Kind&, ast::Node names, Reading&);
/// Adds the object of the kind that has this name to the needs; one of the server's own is no need.
void need_text_search(Object& user, const Kind&, std::string_view name, Schema&);
/// The new object of a DefineStmt; null where its name is taken, which is reported.
Object* make_text_search(const Kind&, ast::Node define_statement, Reading&);
/// CREATE, and the reading of the DefineStmt, for kinds all of whose fields name routines.
Steps create_of_routines(const Object&);
void read_routines(const Kind&, ast::Node define_statement, Reading&);
/// An SQL expression: the qualified name of this row of the catalog.
Text text_search_name_of(std::string_view catalog, std::string_view prefix, std::string_view oid);
/// "a = 'b', c = 5" of parameters.
Text text_search_terms(std::span<const Text> parameters);

}  // namespace quoin
