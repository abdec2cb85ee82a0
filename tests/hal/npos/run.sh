#!/bin/sh
# run.sh SOURCE BUILD HAL_TESTS: has the driver write a job, and reads it with npos. 77 = npos cannot be installed here.
set -eu
source=$1 build=$2 hal_tests=$3
mkdir -p "$build"
cp "$source/package.json" "$source/parse.js" "$build/"
cd "$build"
[ -d node_modules/npos ] || npm install --no-audit --no-fund --no-package-lock --ignore-scripts --loglevel=error || exit 77
rm -f job.bin job.txt
LINLI_ESCPOS_JOB="$build/job" "$hal_tests" --gtest_brief=1 --gtest_filter=AJob.is_made_of_commands_another_parser_knows
set -- $(cat job.txt)
node parse.js job.bin "$1" "$2"
