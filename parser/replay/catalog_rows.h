// The rows of pg_catalog and information_schema that follow from a replayed schema.
#pragma once
#include "parser/replay/catalog_question.h"
#include "parser/replay/evaluation.h"

namespace quoin {

class ReplayedCatalogs : public KnownCatalogs {
 public:
  explicit ReplayedCatalogs(const QuestionContext& context) : context_(context) {}
  std::optional<KnownRows> rows(std::string_view schema, std::string_view name) const override;
  MaybeValue relation(const Text& name) const override;
  MaybeValue current_schema() const override;
  std::optional<bool> exists(ast::Node select) const override;

 private:
  QuestionContext context_;
};

}  // namespace quoin
