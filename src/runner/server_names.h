// What statements name that is the server's and no migration's folder tells of: roles, extensions and their like, from
// the statements' trees alone.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin::runner {

enum class ServerThing { role, extension, language, tablespace, database };
/// PostgreSQL's word for it.
std::string_view to_string(ServerThing);

struct ServerName {
  enum class Deed {
    uses,      // must be there; of an extension: can be installed
    makes,     // is there from then on
    drops,     // is not
    may_make,  // whatever of `text` is the name of something may be there from then on
  };
  Deed deed = Deed::uses;
  ServerThing thing = ServerThing::role;
  Text name{};
  Place place{};
  Text version{};         // of an extension, where one is said
  bool cascades = false;  // of an extension: installs those that it needs
  Text text{};            // of may_make, in small letters
};

/// In their order. What a DO, a call or a routine may make is told as may_make; what it uses is not told.
std::vector<ServerName> server_names_in(const Section&);

}  // namespace quoin::runner
