#include "tests/random/choices.h"

#include <rapidcheck.h>

#include "tests/random/drawing.h"

namespace quoin::drawn {
namespace {
// Whatever size RapidCheck is at: early pairs are as large as late ones.
int below(int count) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, count)); }
}  // namespace

int Choices::fresh(const Text& question, int count) {
  if (!like_) return below(count);
  const auto found = like_->answers_.find(question);
  const bool same = below(distance_) + 1 < distance_;
  if (same && found != like_->answers_.end()) return found->second % count;
  return below(count);
}

int Choices::pick(const Text& question, int count) {
  const auto found = answers_.find(question);
  if (found != answers_.end()) return found->second % count;
  return answers_[question] = fresh(question, count);
}

void showValue(const Pair& pair, std::ostream& out) { out << pair.from << "\n-- becomes\n" << pair.to; }

Pair draw_pair(int major) {
  Choices first;
  Pair pair{.from = Drawing(first, major).script(), .to = {}};
  constexpr int distances[] = {24, 10, 5, 3};
  Choices second(first, distances[below(4)]);
  pair.to = Drawing(second, major).script();
  return pair;
}

}  // namespace quoin::drawn
