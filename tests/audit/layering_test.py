#!/usr/bin/env python3
"""The tree keeps its arrows and its promises, and a planted violation of each kind is caught.

    layering_test.py ROOT
"""

import pathlib
import shutil
import sys
import tempfile
import unittest

import layering
import structure

ROOT = pathlib.Path(sys.argv.pop(1) if len(sys.argv) > 1 else ".").resolve()


class TheTree(unittest.TestCase):
    def test_includes_follow_the_arrows(self):
        self.assertEqual([], layering.violations(ROOT))

    def test_keeps_its_structure(self):
        self.assertEqual([], structure.violations(ROOT))


class APlantedViolation(unittest.TestCase):
    """Each test writes bad files into one copy of the product's folders, and takes them away again."""

    @classmethod
    def setUpClass(cls):
        copy = tempfile.TemporaryDirectory(prefix="linli-layering-")
        cls.addClassCleanup(copy.cleanup)
        cls.tree = pathlib.Path(copy.name)
        for folder in layering.PRODUCT:
            shutil.copytree(ROOT / folder, cls.tree / folder)
        shutil.copy(ROOT / ".gitignore", cls.tree)
        cls.before = structure.violations(cls.tree)

    def plant(self, path, *lines):
        file = self.tree / path
        original = file.read_text(encoding="utf-8") if file.is_file() else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        if original is None:
            self.addCleanup(file.unlink, missing_ok=True)
        else:
            self.addCleanup(file.write_text, original, encoding="utf-8")

    def complaints_about(self, path, include):
        self.plant(path, f"#include {include}")
        return layering.violations_in(self.tree, pathlib.Path(path))

    def expect_include_refused(self, path, include, reason):
        new = self.complaints_about(path, include)
        self.assertEqual(1, len(new), new)
        self.assertIn(f"{path}:1:", new[0])
        self.assertIn(reason, new[0])

    def expect_include_accepted(self, path, include):
        self.assertEqual([], self.complaints_about(path, include))

    def expect_structure_refused(self, path, reason, *lines):
        self.plant(path, *lines)
        new = [line for line in structure.violations(self.tree) if line not in self.before]
        self.assertEqual(1, len(new), new)
        self.assertIn(reason, new[0])

    def test_fails_the_check_of_the_whole_tree(self):
        self.assertEqual([], layering.violations(self.tree))
        self.plant("kiosk/deeply/hidden/planted.cpp", '#include "hal/simulated/simulated_transport.h"')
        self.assertEqual(1, len(layering.violations(self.tree)))

    def test_base_knows_no_other_folder(self):
        self.expect_include_refused("base/planted.cpp", '"typeset/text.h"', "against the arrows")

    def test_the_offline_cache_does_not_know_devices(self):
        self.expect_include_refused("offline_cache/planted.cpp", '"hal/printer.h"', "against the arrows")

    def test_devices_do_not_know_the_offline_cache(self):
        self.expect_include_refused("hal/planted.cpp", '"offline_cache/courier.h"', "against the arrows")

    def test_the_kiosk_sees_no_driver(self):
        self.expect_include_refused("kiosk/planted.h", '"hal/simulated/simulated_transport.h"', "is an implementation")

    def test_the_kiosk_sees_interfaces(self):
        self.expect_include_accepted("kiosk/planted.h", '"hal/card_reader.h"')

    def test_the_kiosk_does_not_know_its_screens(self):
        self.plant("ui/planted.h", "namespace ui {}")
        self.expect_include_refused("kiosk/planted.cpp", '"ui/planted.h"', "against the arrows")

    def test_nothing_knows_the_composition_root(self):
        self.plant("kiosk/app/planted.h", "namespace app {}")
        self.expect_include_refused("ui/planted.cpp", '"kiosk/app/planted.h"', "against the arrows")
        self.expect_include_refused("kiosk/planted.cpp", '"kiosk/app/planted.h"', "against the arrows")

    def test_the_composition_root_may_name_a_driver(self):
        self.expect_include_accepted("kiosk/app/planted.cpp", '"hal/simulated/simulated_transport.h"')

    def test_screens_do_not_know_devices(self):
        self.expect_include_refused("ui/planted.cpp", '"hal/printer.h"', "against the arrows")

    def test_the_platform_shares_only_base(self):
        self.expect_include_refused("gateway/planted.cpp", '"kiosk/receipt.h"', "against the arrows")
        self.expect_include_accepted("gateway/planted.cpp", '"base/result.h"')

    def test_the_composition_root_does_not_know_the_platform(self):
        self.plant("gateway/planted.h", "namespace gateway {}")
        self.expect_include_refused("kiosk/app/planted.cpp", '"gateway/planted.h"', "against the arrows")

    def test_product_code_does_not_include_test_code(self):
        self.plant("tests/support/planted.h", "")
        self.expect_include_refused("hal/planted.cpp", '"tests/support/planted.h"', "is test code")

    def test_includes_are_written_from_the_root(self):
        self.expect_include_refused("hal/simulated/planted.cpp", '"../card_reader.h"', "from the root")
        self.expect_include_refused("hal/planted.cpp", '"card_reader.h"', "from the root")
        self.expect_include_refused("hal/planted.cpp", '"hal/../base/hex.h"', "from the root")
        self.expect_include_refused("hal/planted.cpp", f'"{self.tree}/base/hex.h"', "from the root")

    def test_only_the_widget_layer_names_imgui(self):
        self.expect_include_refused("ui/screens/planted.cpp", "<imgui.h>", "may not name")
        self.expect_include_accepted("ui/kit/planted.cpp", "<imgui.h>")

    def test_only_the_window_names_sdl(self):
        self.expect_include_refused("ui/kit/planted.cpp", "<SDL2/SDL.h>", "may not name")
        self.expect_include_refused("ui/planted.cpp", "<SDL.h>", "may not name")
        self.expect_include_accepted("ui/window.cpp", "<SDL.h>")

    def test_the_kiosk_makes_no_system_call_and_no_database(self):
        self.expect_include_refused("kiosk/planted.cpp", "<unistd.h>", "may not name")
        self.expect_include_refused("kiosk/planted.cpp", "<sqlite3.h>", "may not name")

    def test_a_library_nobody_decided_on_is_refused(self):
        self.expect_include_refused("base/planted.cpp", "<boost/algorithm/string.hpp>", "may not name")

    def test_a_stranger_at_the_top_is_seen(self):
        self.expect_structure_refused("scratch.txt", "scratch.txt: does not belong", "")

    def test_a_long_file_is_seen(self):
        self.expect_structure_refused("base/planted.h", "401 lines", "namespace base {}", *["//"] * 400)

    def test_a_name_that_says_nothing_is_seen(self):
        self.expect_structure_refused("base/string_utils.h", "does not say", "namespace base {}")

    def test_a_foreign_namespace_is_seen(self):
        self.expect_structure_refused("base/planted.h", "opens namespace hal", "namespace base {}", "namespace hal {")

    def test_a_missing_namespace_is_seen(self):
        self.expect_structure_refused("base/planted.h", "has no namespace", "int planted();")

    def test_a_decision_outside_the_index_is_seen(self):
        self.plant("docs/decisions/README.md", "[One](one.md)")
        self.plant("docs/decisions/one.md", "")
        self.expect_structure_refused("docs/decisions/two.md", "two.md: is not in", "")


if __name__ == "__main__":
    unittest.main()
