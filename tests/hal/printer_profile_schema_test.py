#!/usr/bin/env python3
"""Printer profiles against their JSON Schema, with a validator that shares nothing with the program's reader.

usage: printer_profile_schema_test.py ASSETS_PRINTERS CASES_JSON     (Debian: python3-jsonschema)

Every shipped profile is valid, and each case of CASES_JSON is what it says; printer_profile_test.cpp reads the same cases.
"""

import json
import pathlib
import sys
import unittest

import jsonschema

FOLDER, CASES = (pathlib.Path(argument) for argument in sys.argv[1:3])


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


class AProfile(unittest.TestCase):
    def setUp(self):
        self.schema = load(FOLDER / "profile.schema.json")
        self.validator = jsonschema.Draft202012Validator(self.schema)

    def test_has_a_schema_that_is_one(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_is_valid_for_every_printer_that_is_shipped(self):
        files = [path for path in FOLDER.glob("*.json") if path.name != "profile.schema.json"]
        self.assertGreaterEqual(len(files), 7)
        for path in files:
            with self.subTest(path.name):
                self.assertEqual([error.message for error in self.validator.iter_errors(load(path))], [])

    def test_is_judged_by_the_schema_as_by_the_program(self):
        base = load(FOLDER / "generic-80mm.json")
        for case in load(CASES):
            with self.subTest(case["why"]):
                self.assertEqual(self.validator.is_valid(base | case["patch"]), case["valid"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
