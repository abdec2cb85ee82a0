#!/usr/bin/env python3
"""What the tree itself promises: what stands at its top, how long a file may be, how it is named, its namespace.

    structure.py [ROOT]      prints one line per violation; exit code 1 when there is one
"""

import os
import pathlib
import re
import sys

import layering

TOP = set(layering.PRODUCT) | {
    "assets", "tests", "packaging", "docs", "cmake", "dev",
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "CMakeLists.txt", "CMakePresets.json",
    ".git", ".gitignore", ".gitattributes", ".clang-format", ".clang-tidy", ".editorconfig", ".ci",
}
LINES_AT_MOST = 400
CODE = {".h", ".cpp", ".py", ".sh", ".cmake"}
VAGUE = re.compile(r"(^|_)(utils?|manager|helpers?|common|misc)(_|$)")
OPENS_NAMESPACE = re.compile(r"^(?:inline )?namespace ([A-Za-z_][\w:]*)\s*\{")
FOREIGN_NAMESPACES = {"std", "nlohmann", "fmt", "valijson", "CLI"}  # specialisations and forward declarations
FOLDERS_BELOW_APP = {"kiosk", "app"}


def ignored_names(root):
    """Names at the top that .gitignore takes out of the tree."""
    file = root / ".gitignore"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return {line.strip().strip("/") for line in lines if line.strip() and not line.startswith("#")}


def unexpected_at_the_top(root):
    ignored = ignored_names(root)
    return [f"{name}: does not belong at the top of the tree" for name in sorted(os.listdir(root))
            if name not in TOP and name not in ignored]


def code_files(root):
    for folder in [*layering.PRODUCT, "tests", "assets", "cmake", "packaging"]:
        for path in sorted((root / folder).rglob("*")):
            if "node_modules" not in path.parts and (path.suffix in CODE or path.name == "CMakeLists.txt"):
                yield path.relative_to(root)
    yield from (path for path in [pathlib.Path("dev")] if (root / path).is_file())


def long_or_vague(root):
    for path in code_files(root):
        with open(root / path, encoding="utf-8") as file:
            count = sum(1 for _ in file)
        if count > LINES_AT_MOST:
            yield f"{path}: {count} lines; at most {LINES_AT_MOST}"
        if VAGUE.search(path.stem):
            yield f"{path}: the name does not say what is in it"


def wrong_namespace(root):
    for path in layering.sources(root):
        # A program below kiosk/app has a namespace of its own.
        mine = FOLDERS_BELOW_APP | set(path.parts[2:-1]) if layering.layer_of(path) == "kiosk/app" else {path.parts[0]}
        text = (root / path).read_text(encoding="utf-8")
        opened = [match[1] for line in text.splitlines() if (match := OPENS_NAMESPACE.match(line))]
        for name in opened:
            if name.split("::")[0] not in mine | FOREIGN_NAMESPACES:
                yield f"{path}: opens namespace {name}; its folder's is {' or '.join(sorted(mine))}"
        if not opened and path.suffix == ".h":
            yield f"{path}: has no namespace; its folder's is {' or '.join(sorted(mine))}"


def decisions_missing_from_index(root):
    folder = root / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8") if (folder / "README.md").is_file() else ""
    for page in sorted(folder.glob("*.md")):
        if page.name != "README.md" and f"({page.name})" not in index:
            yield f"docs/decisions/{page.name}: is not in docs/decisions/README.md"


def violations(root):
    return [*unexpected_at_the_top(root), *long_or_vague(root), *wrong_namespace(root), *decisions_missing_from_index(root)]


if __name__ == "__main__":
    lines = violations(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(lines))
    sys.exit(1 if lines else 0)
