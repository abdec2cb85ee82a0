#!/usr/bin/env python3
"""What is promised, and which tests show it: docs/proof.md and docs/accessibility.md from tables and a test run.

    proof.py --table TABLE... --sources FOLDER --check       every pattern of the tables names a test that exists
    proof.py --table TABLE... --results XML... --out PAGE    writes the page, a part for each table

With --codes docs/failure_codes.md, failure codes that a table requires have to be there, and what they say is written below it.

A table has tab-separated columns: row, what is promised, required behaviour, patterns of test names (space-separated regular
expressions; "-": no test, "hardware": only a person with the machine can), picture (a path, or nothing). Its lines that begin
with "#" head the page. A test that prints a line "proof: 5176 cuts, 0 lost" has it quoted.
"""

import argparse
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

QUOTED = re.compile(r"^proof: (.+)$", re.MULTILINE)


def read_table(path):
    head, rows = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            head.append(line[1:].strip())
        elif line.strip():
            cells = line.split("\t")
            if len(cells) not in (4, 5):
                sys.exit(f"{path}:{number}: {len(cells)} columns instead of 4 or 5")
            rows.append((*cells, "") if len(cells) == 4 else tuple(cells))
    return head, rows


def patterns_of(row):
    return [] if row[3] in ("-", "hardware") else row[3].split()


CASE = re.compile(r"^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", re.MULTILINE)
REGISTERED = re.compile(r"^ *(linli_audit\(|add_test\(NAME )([\w:]+)", re.MULTILINE)


def names_in(folder):
    """Names of tests as the sources have them, without the parameters and programs they run with."""
    names = ["fuzz:" + path.name.removesuffix("_fuzz.cpp") for path in folder.rglob("*_fuzz.cpp")]
    for path in folder.rglob("*.cpp"):
        names += [".".join(case) for case in CASE.findall(path.read_text(encoding="utf-8"))]
    for path in folder.rglob("CMakeLists.txt"):
        for kind, name in REGISTERED.findall(path.read_text(encoding="utf-8")):
            names.append("audit:" + name if kind.startswith("linli_audit") else name)
    return names


def matching(pattern, names):
    """A suite's whole name, or the beginning of a test's: "AResident" is not AResidentCard."""
    end = r"(?![A-Za-z0-9_])" if re.fullmatch(r"[A-Z]\w*", pattern) else ""
    whole = re.compile(r"(?:^|[:/.])(?:" + pattern + ")" + end)
    return [name for name in names if whole.search(name)]


def check(rows, names, sentences):
    wrong = [f"{code} has no sentences" for code in codes_in(rows) if sentences and code not in sentences]
    wrong += [f"row {row[0]}: {pattern} matches no test" for row in rows for pattern in patterns_of(row)
             if not matching(pattern, names)]
    print("\n".join(wrong))
    return 1 if wrong else 0


def of_ctest(case):
    outcome = {"run": "passed", "fail": "failed"}.get(case.get("status", "run"), "skipped")
    name = (case.get("name") or "").split("  # GetParam()")[0]  # CMake adds the value of a parameter
    return name, (outcome, QUOTED.findall(case.findtext("system-out") or ""))


def of_googletest(case, area):
    skipped = case.get("result") == "skipped" or case.get("status") == "notrun"
    outcome = "failed" if case.find("failure") is not None else "skipped" if skipped else "passed"
    return f"{area}:{case.get('classname')}.{case.get('name')}", (outcome, [])


def results_of(paths):
    """name → (outcome, quoted lines), from ctest's report and from those of programs that ran in shards"""
    found = {}
    for path in paths:
        root = xml.parse(path).getroot()
        area = path.stem.rsplit("-", 1)[0] if root.tag == "testsuites" else None
        found.update(of_googletest(case, area) if area else of_ctest(case) for case in root.iter("testcase"))
    return found


def verdict(row, results):
    if row[3] == "hardware":
        return "to be measured on the machine", [], []
    names = sorted({name for pattern in patterns_of(row) for name in matching(pattern, results)})
    if not names:
        return "**no test**", [], []
    outcomes = [results[name][0] for name in names]
    quotes = [quote for name in names for quote in results[name][1]]
    failed, skipped = outcomes.count("failed"), outcomes.count("skipped")
    if failed:
        return f"**{failed} of {len(names)} failed**", names, quotes
    return f"{len(names) - skipped} passed" + (f", {skipped} skipped" if skipped else ""), names, quotes


def shown(names):
    short = [f"`{name}`" for name in names[:3]]
    return "<br>".join(short) + (f"<br>and {len(names) - 3} more" if len(names) > 3 else "")


CODE = re.compile(r"\b[A-Z]{3,5}-\d{3}\b")


def sentences_of(path):
    """code → (for the resident, for the staff), from docs/failure_codes.md"""
    rows = [line.strip("| \n").split(" | ") for line in path.read_text(encoding="utf-8").splitlines()] if path else []
    return {cells[0]: (cells[2], cells[3]) for cells in rows if len(cells) == 4 and CODE.fullmatch(cells[0])}


def codes_in(rows):
    return sorted({code for row in rows for code in CODE.findall(row[2])})


def what_is_said(rows, sentences):
    codes = [code for code in codes_in(rows) if code in sentences]
    if not codes:
        return []
    return ["", "| code | the resident is told | the staff should |", "| --- | --- | --- |",
            *(f"| {code} | {sentences[code][0]} | {sentences[code][1]} |" for code in codes)]


def page(head, rows, results, sentences):
    pictured = any(row[4] for row in rows)
    columns = ["row", "what", "required", "shown by", *(["picture"] if pictured else []), "result"]
    lines = [*head, "", f"| {' | '.join(columns)} |", "|" + " --- |" * len(columns)]
    counts = {"shown": 0, "failed": 0, "none": 0, "hardware": 0}
    for row in rows:
        result, names, quotes = verdict(row, results)
        kind = "hardware" if row[3] == "hardware" else "none" if not names else "failed" if "failed" in result else "shown"
        counts[kind] += 1
        picture = [f"[picture]({row[4]})" if row[4] else ""] if pictured else []
        quoted = "".join(f"<br>{quote}" for quote in quotes)
        cells = [row[0], row[1], row[2], shown(names) or "—", *picture, result + quoted]
        lines.append(f"| {' | '.join(cells)} |")
    summary = (f"{len(rows)} rows: {counts['shown']} shown by passing tests, {counts['failed']} failing, "
               f"{counts['none']} without a test, {counts['hardware']} that only the machine itself can show.")
    lines[len(head):len(head)] = ["", summary]
    lines += what_is_said(rows, sentences)
    return "\n".join(lines) + "\n", counts["failed"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", type=pathlib.Path, required=True, nargs="+")
    parser.add_argument("--codes", type=pathlib.Path, help="the page of failure codes")
    parser.add_argument("--sources", type=pathlib.Path, help="the folder of the tests")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--results", type=pathlib.Path, nargs="+", help="what ctest --output-junit and GoogleTest wrote")
    parser.add_argument("--out", type=pathlib.Path)
    arguments = parser.parse_args()
    tables = [read_table(table) for table in arguments.table]
    sentences = sentences_of(arguments.codes)
    if arguments.check:
        names = names_in(arguments.sources)
        return max(check(rows, names, sentences) for _, rows in tables)
    results = results_of(arguments.results)
    pages = [page(head, rows, results, sentences) for head, rows in tables]
    text = "\n".join(text for text, _ in pages)
    arguments.out.write_text(text, encoding="utf-8")
    print(f"{arguments.out}: {text.count(chr(10))} lines")
    return 1 if any(failed for _, failed in pages) else 0


if __name__ == "__main__":
    sys.exit(main())
