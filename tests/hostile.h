// Texts that try to get out of where they are put: random, and the same every time.
#pragma once
#include <random>

#include "core/base/text.h"

namespace quoin {

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

  /// Two to seven pieces of what ends or begins something in SQL, in migration files, in YAML.
  Text hostile_text() {
    Text text;
    for (std::size_t left = 2 + below(6); left > 0; --left) text += pieces[below(std::size(pieces))];
    return text;
  }
  /// The same, short enough for a name and unlike any other.
  Text hostile_name() {
    const Text number = std::to_string(++names_);
    return fitting(60 - number.size()) + number;
  }

 private:
  Text fitting(std::size_t size) {
    Text name;
    for (std::size_t left = 2 + below(4); left > 0; --left)
      if (const std::string_view piece = pieces[below(std::size(pieces))]; name.size() + piece.size() <= size)
        name += piece;
    return name;
  }

  static constexpr std::string_view pieces[] = {"\n",
                                                "\r\n",
                                                "\r",
                                                "\t",
                                                "'",
                                                "\"",
                                                "\\",
                                                ";",
                                                "--",
                                                "/*",
                                                "*/",
                                                "$$",
                                                "$body$",
                                                "E'",
                                                "U&\"",
                                                "%",
                                                "#",
                                                ":",
                                                " ",
                                                "x",
                                                "Größe",
                                                "\xE2\x80\xA8",
                                                "\x1B[2J",
                                                "\x7F",
                                                "\nDROP TABLE victim; --",
                                                "\n-- Down Migration\n",
                                                "\n-- Up Migration\n",
                                                "\n-- migrate:down\n",
                                                "\n-- +goose Down\n",
                                                "\n-- ROLLBACK:\n",
                                                "\n-- quoin: no-transaction\n",
                                                "\n-- quoin: nonsense\n",
                                                "{",
                                                "}",
                                                "[",
                                                "(",
                                                ")",
                                                ", ",
                                                "null",
                                                "select"};
  std::mt19937 random_;
  std::size_t names_ = 0;
};

}  // namespace quoin
