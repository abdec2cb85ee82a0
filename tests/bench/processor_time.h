// Processor time of threads of this process, for programs that mostly wait.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <set>
#include <string>

namespace bench {

std::set<std::string> threads_now();

// The counter cpu_percent: per cent of a core that the threads begun since `others` were noted use while this one sleeps.
void report_waiting(benchmark::State& state, const std::set<std::string>& others, std::chrono::seconds time);

}  // namespace bench
