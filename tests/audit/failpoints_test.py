#!/usr/bin/env python3
"""No failpoint reaches a build that is shipped.

    failpoints_test.py COMPILER

Every source that has one is preprocessed as a release is (-DNDEBUG): no name of a point may be left, while without NDEBUG each is
there. The preset "release" has to define NDEBUG, and the table of points has to name every point. A release that was built here
is searched, too.
"""

import json
import pathlib
import re
import subprocess
import sys

AREAS = ("base", "typeset", "hal", "offline_cache", "kiosk", "ui", "gateway")
POINT = re.compile(r'LINLI_(?:FAIL|CRASH)POINT\("([a-z-]+)"\)')


def preprocessed(compiler, path, *definitions):
    text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#include"))
    return subprocess.run([compiler, "-E", "-P", "-x", "c++", "-I.", "-include", "base/failpoint.h", *definitions, "-"], input=text,
                          capture_output=True, text=True, check=True).stdout


def main():
    compiler, wrong, names = sys.argv[1], [], set()
    for path in (path for area in AREAS for path in pathlib.Path(area).rglob("*.cpp")):
        points = POINT.findall(path.read_text(encoding="utf-8"))
        if not points:
            continue
        names.update(points)
        shipped, tested = preprocessed(compiler, path, "-DNDEBUG"), preprocessed(compiler, path)
        wrong += [f"{path}: {name} is left in a release" for name in points if f'"{name}"' in shipped]
        wrong += [f"{path}: {name} is not there for tests" for name in points if f'"{name}"' not in tested]
    flags = next(preset for preset in json.loads(pathlib.Path("CMakePresets.json").read_text(encoding="utf-8"))["configurePresets"]
                 if preset["name"] == "release")["cacheVariables"]["CMAKE_CXX_FLAGS_RELEASE"]
    if "-DNDEBUG" not in flags:
        wrong.append("the preset release does not define NDEBUG")
    table = set(re.findall(r'\{"([a-z-]+)", "C', pathlib.Path("tests/offline_cache/crash/points.h").read_text(encoding="utf-8")))
    wrong += [f"{name} is not in the table of points" for name in names - table]
    wrong += [f"the table names {name}, which is nowhere" for name in table - names]
    for program in pathlib.Path("build/release/bin").glob("linli*"):
        held = program.read_bytes()
        wrong += [f"{program} holds {name}" for name in names if name.encode() in held]
    print("\n".join(wrong) or f"proof: {len(names)} points, none of them in a release")
    return 1 if wrong or len(names) < 20 else 0


sys.exit(main())
