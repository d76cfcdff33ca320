// How long libpg_query alone takes to parse files, to hold quoin's own time against: parse_time FILE…
// Prints the least CPU time of several runs in milliseconds, as JSON, which is how most programs use libpg_query.
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>

#include "pg_query.h"

namespace {
double milliseconds() {
  std::timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double time_of(const std::vector<std::string>& texts) {
  const double begin = milliseconds();
  for (const std::string& text : texts) pg_query_free_parse_result(pg_query_parse(text.c_str()));
  return milliseconds() - begin;
}
}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> texts;
  for (const char* file : std::span(arguments, static_cast<std::size_t>(count)).subspan(1)) {
    std::ifstream in(file);
    if (!in) {
      std::cerr << "cannot read " << file << "\n";
      return 2;
    }
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  constexpr int runs = 9;
  double least = time_of(texts);
  for (int run = 1; run < runs; ++run) least = std::min(least, time_of(texts));
  std::cout << least << "\n";
}
