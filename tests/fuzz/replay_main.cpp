// Stands in for libFuzzer's main where a corpus is run as a test: every file of the folder given, then every truncation
// and every single flipped bit of each (evenly thinned out for long files), to the fuzzer named. A crash is the failure.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#define LINLI_FUZZER(name) extern "C" int name##_input(const std::uint8_t* data, std::size_t size);
#include "fuzzers.inc"
#undef LINLI_FUZZER

namespace {

// ./dev fuzz searches further.
constexpr std::size_t kTruncationsPerFile = 128;
constexpr std::size_t kFlipsPerFile = 384;

struct Fuzzer {
  std::string_view name;
  int (*run)(const std::uint8_t* data, std::size_t size);
};
#define LINLI_FUZZER(name) Fuzzer{#name, name##_input},
constexpr Fuzzer kFuzzers[] = {
#include "fuzzers.inc"
};
#undef LINLI_FUZZER

using Bytes = std::vector<std::uint8_t>;

Bytes read(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// The target gets a copy of exactly this size, so that AddressSanitizer sees one byte too far.
void run(const Fuzzer& fuzzer, std::span<const std::uint8_t> input) {
  const Bytes exact(input.begin(), input.end());
  fuzzer.run(exact.data(), exact.size());
}

std::size_t step_for(std::size_t count, std::size_t limit) { return std::max<std::size_t>(1, (count + limit - 1) / limit); }

std::size_t replay(const Fuzzer& fuzzer, Bytes input) {
  std::size_t runs = 1;
  run(fuzzer, input);
  for (std::size_t length = 0; length < input.size(); length += step_for(input.size(), kTruncationsPerFile), ++runs)
    run(fuzzer, std::span(input).first(length));
  for (std::size_t bit = 0; bit < input.size() * 8; bit += step_for(input.size() * 8, kFlipsPerFile), ++runs) {
    const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
    input[bit / 8] ^= mask;
    run(fuzzer, input);
    input[bit / 8] ^= mask;
  }
  return runs;
}

}  // namespace

int main(int argc, char** argv) {
  const auto* fuzzer = argc == 3 ? std::ranges::find(kFuzzers, std::string_view(argv[1]), &Fuzzer::name) : std::end(kFuzzers);
  if (fuzzer == std::end(kFuzzers) || !std::filesystem::is_directory(argv[2])) {
    std::fputs("usage: fuzz_replay NAME CORPUS_FOLDER\n", stderr);
    return 2;
  }
  std::size_t files = 0;
  std::size_t runs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[2])) {
    if (!entry.is_regular_file()) continue;
    ++files;
    runs += replay(*fuzzer, read(entry.path()));
  }
  std::printf("%zu files, %zu runs\n", files, runs);
  return files > 0 ? 0 : 1;
}
