"""A name with any character of GB 18030-2022 is shown and printed: the fonts of assets/fonts.conf have all of them.

GB 18030-2022, level 3: the unified ideographs up to U+9FEF and extensions A to F.
"""

import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCKS = {
    "URO": (0x4E00, 0x9FEF),
    "A": (0x3400, 0x4DB5),
    "B": (0x20000, 0x2A6D6),
    "C": (0x2A700, 0x2B734),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
}


def covered():
    """Every code point that a font of the chain has."""
    command = ["fc-list", "--format", "%{charset}\n"]
    environment = {"FONTCONFIG_FILE": str(ROOT / "assets/fonts.conf"), "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
    points = set()
    for line in set(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()):
        for part in line.split():
            first, _, last = part.partition("-")
            points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


class TheFonts(unittest.TestCase):
    def test_have_every_character_of_gb_18030(self):
        points = covered()
        for block, (first, last) in BLOCKS.items():
            with self.subTest(block):
                self.assertEqual([], [hex(c) for c in range(first, last + 1) if c not in points][:20])


if __name__ == "__main__":
    unittest.main()
