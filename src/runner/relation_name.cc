#include "runner/relation_name.h"

namespace quoin::runner {

Text name_of(ast::Node relation) { return quote_qualified(relation["schemaname"].text(), relation["relname"].text()); }

Text name_of(const List& parts) {
  List quoted;
  for (const Text& part : parts) quoted.push_back(quote_ident(part));
  return join(quoted, ".");
}

}  // namespace quoin::runner
