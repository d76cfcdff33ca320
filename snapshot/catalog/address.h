// The addresses of objects in the catalogs, as pg_depend has them, and the needs that follow from pg_depend.
#pragma once
#include <memory_resource>
#include <unordered_map>

#include "core/model/schema.h"

namespace quoin {

/// Catalog, row and column, packed: catalogs' own oids are below 2^16, and so are column numbers.
using Address = std::uint64_t;
constexpr Address pack_address(std::uint64_t catalog, std::uint64_t oid, std::int64_t sub) {
  return catalog << 48 | oid << 16 | (static_cast<std::uint64_t>(sub) & 0xffff);
}
constexpr Address without_column(Address address) { return address & ~Address{0xffff}; }
constexpr std::uint64_t catalog_of(Address address) { return address >> 48; }

/// The objects by address. Its memory is freed as a whole: it has as many entries as there are objects.
using AddressBook = std::pmr::unordered_map<Address, Id>;

/// A row of pg_depend: `user` is there because of `used`.
struct Dependency {
  Address user, used;
  char type;  // pg_depend.deptype
};
struct Dependencies {
  std::vector<Dependency> edges;                   // all but those of type e
  std::unordered_map<Address, Address> extension;  // of each member of an extension
};

/// The SELECT whose rows `take_dependency` reads: rows of pg_depend whose both sides are made by users; pinned objects
/// are left out.
Text dependency_query();
void take_dependency(Dependencies&, std::span<const std::optional<std::string_view>> row);
/// Adds every object's needs. `own`: objects by their address; `also`: by further addresses that mean them. A column
/// that is no object counts as the object that has it, a member of an extension as the extension.
void add_needs(Schema&, const Dependencies&, const AddressBook& own, const AddressBook& also);

/// The number in a cell of the catalog; throws Error(internal) for text that is none.
std::int64_t whole_number(std::string_view digits);

}  // namespace quoin
