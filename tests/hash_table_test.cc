// The table in which names are found by their hash.
#include "core/model/hash_table.h"

#include "tests/catch.h"

using namespace quoin;

TEST_CASE("entries of one hash are found in the order added, however large the table grows") {
  std::vector<int> values(1000);
  HashTable<const int*> table;
  const auto any = [](const int*) { return true; };
  CHECK(table.find(1, any) == nullptr);
  for (std::size_t i = 0; i < values.size(); ++i) table.add(i % 7 + 60, &values[i]);
  CHECK(table.size() == values.size());
  std::vector<const int*> met;
  table.find(63, [&](const int* one) { return met.push_back(one), false; });
  REQUIRE(met.size() == 143);
  for (std::size_t i = 0; i < met.size(); ++i) CHECK(met[i] == &values[3 + 7 * i]);
  CHECK(table.find(63, any) == &values[3]);
  CHECK(table.find(59, any) == nullptr);
}
