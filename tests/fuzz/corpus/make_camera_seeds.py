#!/usr/bin/env python3
"""The seeds of camera_frame_fuzz: frames, messages and pictures, which its first byte tells apart.

tests/fuzz/corpus/make_camera_seeds.py
"""

from pathlib import Path
from struct import pack

HERE = Path(__file__).resolve().parent
CRASH_SYMBOL = HERE.parents[1] / "hal" / "zxing_crash_symbol.txt"
FRAME, MESSAGE, PICTURE = range(3)
COLUMNS = 32  # modules of a picture


def frame(pixel_format, width, height, stride, rows):
    return pack("<BcxHHH", FRAME, pixel_format, width, height, stride) + rows


def reply(size, code):
    return pack("<BIBBBxH", MESSAGE, 7, 1, ord("1"), 0, size) + code


def picture(height, is_dark):
    bits = "".join("1" if is_dark(x, y) else "0" for y in range(height) for x in range(COLUMNS))
    return bytes([PICTURE]) + int(bits, 2).to_bytes(len(bits) // 8, "big")


def in_finder(x, y):
    return 0 <= x < 7 and 0 <= y < 7 and (x in (0, 6) or y in (0, 6) or (2 <= x <= 4 and 2 <= y <= 4))


def in_symbol(rows, x, y):
    return 0 <= x < len(rows[0]) and 0 <= y < len(rows) and rows[y][x] == "#"


def seeds():
    rows = CRASH_SYMBOL.read_text(encoding="utf-8").split()[:21]
    finders = ((2, 1), (23, 1), (2, 10), (23, 10), (12, 5))
    return {
        "empty": bytes([FRAME]),
        "grey": frame(b"G", 64, 64, 64, bytes(64 * 64)),
        "yuyv": frame(b"Y", 64, 64, 128, bytes(64 * 128)),
        "short": frame(b"G", 64, 64, 64, bytes(100)),
        "huge": frame(b"G", 0xFFFF, 0xFFFF, 0xFFFF, b""),
        "ready": pack("<BIBBBxH", MESSAGE, 0, 2, ord("1"), 4, 0),
        "request": pack("<BIHH", MESSAGE, 1, 1280, 720),
        "reply": reply(4, b"A017"),
        "reply_lies": reply(5, b"A017"),
        "finders": picture(18, lambda x, y: any(in_finder(x - left, y - top) for left, top in finders)),
        "stripes": picture(4, lambda x, y: x % 2 == 0),
        "symbol": picture(25, lambda x, y: in_symbol(rows, x - 5, y - 3)),
    }


if __name__ == "__main__":
    folder = HERE / "camera_frame"
    folder.mkdir(exist_ok=True)
    for name, content in seeds().items():
        (folder / name).write_bytes(content)
