// Subscriptions, where a server must not talk to another.
#pragma once
#include "core/sql/ast.h"

namespace quoin {

/// What a statement about a subscription does here alone, without a word to the publisher: CREATE makes it, not
/// connected, DROP leaves its slot. No value: it stays as it is written. Empty: it does nothing here.
std::optional<Text> without_publisher(ast::Node statement);

}  // namespace quoin
