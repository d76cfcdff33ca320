// Subscriptions on a throw-away server, which must not talk to a publisher.
#pragma once
#include "core/sql/ast.h"

namespace quoin {

/// The statement to run instead of one about a subscription, so that the publisher hears nothing: CREATE does not
/// connect, DROP leaves the replication slot. No value: run it as it is. Empty: run nothing.
std::optional<Text> without_publisher(ast::Node statement);

/// SELECT of the subscriptions of this database, as all_objects_query() has its rows (kinds/database/remainder.h).
Text subscriptions(int server_version);

}  // namespace quoin
