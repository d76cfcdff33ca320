#include <charconv>

#include "core/model/kind.h"
#include "snapshot/catalog/address.h"

namespace quoin {

namespace {
bool lies_in(Id inner, Id outer) {
  for (; inner; inner = inner->parent)
    if (inner == outer) return true;
  return false;
}

/// What an address means: itself, or what it is a column of.
struct AddressBooks {
  const AddressBook &own, &also;
  Id operator()(Address address) const {
    for (const Address at : {address, without_column(address)})
      for (const AddressBook* book : {&own, &also})
        if (const auto found = book->find(at); found != book->end()) return found->second;
    return {};
  }
};
}  // namespace

std::int64_t whole_number(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failure != std::errc() || end != digits.data() + digits.size())
    throw Error(Code::internal, concat("the catalog gave \"", digits, "\" where a number was meant"));
  return number;
}

// Internal ones tie what is one object here, and so does a default's on its column; a schema is the parent of all that
// need it, but for extensions.
Text dependency_query() {
  return "select classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype from pg_catalog.pg_depend "
         "where objid >= 16384 and refobjid >= 16384 and deptype in ('n', 'a', 'e') "
         "and (refclassid <> 2615 or classid in (3079, 826)) and (classid <> 2604 or deptype <> 'a')";
}

void take_dependency(Dependencies& all, std::span<const std::optional<std::string_view>> row) {
  const auto number = [&](std::size_t column) { return whole_number(*row[column]); };
  const auto address = [&](std::size_t first) {
    return pack_address(static_cast<std::uint64_t>(number(first)), static_cast<std::uint64_t>(number(first + 1)),
                        number(first + 2));
  };
  const Dependency edge{address(0), address(3), row[6]->front()};
  if (edge.type == 'e') {
    all.extension.emplace(edge.user, edge.used);
  } else {
    all.edges.push_back(edge);
  }
}

void add_needs(Schema& schema, const Dependencies& all, const AddressBook& own, const AddressBook& also) {
  const AddressBooks found{own, also};
  for (const Dependency& edge : all.edges) {
    const Id user = found(edge.user);
    if (!user) continue;
    const auto member = all.extension.find(without_column(edge.used));
    const Id used = found(member == all.extension.end() ? edge.used : member->second);
    // What holds it, or what it holds, needs no saying.
    if (!used || lies_in(user, used) || lies_in(used, user)) continue;
    schema.find(user)->need(used);
    schema.changed(user);
  }
}

}  // namespace quoin
