// The catalogs as a replay knows them, row by row.
#pragma once
#include "parser/replay/catalog_question.h"
#include "parser/replay/evaluation.h"

namespace quoin {

class ReplayedCatalogs : public KnownCatalogs {
 public:
  explicit ReplayedCatalogs(const Asked& asked) : asked_(asked) {}
  std::optional<KnownRows> rows(std::string_view schema, std::string_view name) const override;
  Perhaps relation(const Text& name) const override;
  Perhaps current_schema() const override;
  std::optional<bool> exists(ast::Node select) const override;

 private:
  Asked asked_;
};

}  // namespace quoin
