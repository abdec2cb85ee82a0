#!/usr/bin/env python3
"""The anchor of receipt_bench.cpp: Pillow draws the same receipt, makes it one bit and packs it as GS v 0.

    receipt_pil.py WIDTH HEIGHT     prints "MEDIAN_MICROSECONDS BYTES"
"""

import random
import statistics
import sys
import time

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = int(sys.argv[1]), int(sys.argv[2])
STRIP = 256  # rows
FONTS = "/usr/share/fonts/opentype/noto/NotoSansCJK-{}.ttc"
SIMPLIFIED = 2  # face in the collection
BODY, LINE = 40, 52  # dots: 14 point at 8 dots a millimetre, and its line
REGULAR = ImageFont.truetype(FONTS.format("Regular"), BODY, SIMPLIFIED)
BOLD = ImageFont.truetype(FONTS.format("Bold"), BODY, SIMPLIFIED)
HEADING = ImageFont.truetype(FONTS.format("Bold"), 52, SIMPLIFIED)
CODE = ImageFont.truetype(FONTS.format("Bold"), 104, SIMPLIFIED)
MODULES = [[bit == "1" for bit in f"{random.Random(row).getrandbits(25):025b}"] for row in range(25)]

CENTRED = [("和平社区便民服务大厅", HEADING, 0), ("申请回执", REGULAR, 70), ("7K4-29M-6", CODE, 130), ("受理号，请保管好", REGULAR, 270)]
FIELDS = [("事项", "高龄津贴申请", BOLD), ("申请人", "王𬎆䶮 (****002X)", REGULAR), ("住址", "虚构省样例市和平里", REGULAR),
          ("", "3号楼2单元501", REGULAR), ("电话", "(***1234)", REGULAR), ("状态", "已保存，联网后自动", BOLD), ("", "送出", BOLD)]


def draw():
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(image)
    for text, font, y in CENTRED:
        pen.text(((WIDTH - pen.textlength(text, font=font)) / 2, y), text, fill=0, font=font)
    y = 350
    for label, value, font in FIELDS:
        pen.text((0, y), label, fill=0, font=REGULAR)
        pen.text((160, y), value, fill=0, font=font)
        y += LINE
    for row, bits in enumerate(MODULES):
        for column, black in enumerate(bits):
            if black:
                pen.rectangle((32 + 7 * column, y + 40 + 7 * row, 38 + 7 * column, y + 46 + 7 * row), fill=0)
    pen.text((280, y + 60), "扫码查进度", fill=0, font=REGULAR)
    pen.text((280, y + 112), "电话 12345", fill=0, font=REGULAR)
    pen.text((160, y + 260), "感谢您，慢走。", fill=0, font=BOLD)
    return image


def pack(image):
    # Pillow's 1 is white and the printer's is black.
    bits = image.point(lambda grey: 255 if grey < 128 else 0).convert("1", dither=Image.Dither.NONE)
    stride = WIDTH // 8
    data = bits.tobytes()
    commands = []
    for first in range(0, HEIGHT, STRIP):
        rows = min(STRIP, HEIGHT - first)
        header = bytes([0x1D, 0x76, 0x30, 0, stride & 255, stride >> 8, rows & 255, rows >> 8])
        commands.append(header + data[first * stride:(first + rows) * stride])
    return b"".join(commands)


def main():
    times = []
    size = 0
    for _ in range(60):
        start = time.perf_counter()
        size = len(pack(draw()))
        times.append(time.perf_counter() - start)
    print(statistics.median(times) * 1e6, size)


if __name__ == "__main__":
    main()
