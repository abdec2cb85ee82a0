#!/usr/bin/env python3
"""Writes the seeds of code_payload, hid_pos and stream_scanner.

Usage: tests/fuzz/corpus/make_scanner_seeds.py    (from anywhere; overwrites)
The descriptors are those of hal/simulated/hid_pos_scanner.cpp and are read from there.
"""
import pathlib
import re
import struct

HERE = pathlib.Path(__file__).resolve().parent
MODEL = HERE.parent.parent.parent / "hal" / "simulated" / "hid_pos_scanner.cpp"
EVERY_KIND = 0x1F
KEY_DOWN, KEY_UP = 1, 0
KEYS = dict(zip("qwertyuiop", range(16, 26))) | dict(zip("1234567890", range(2, 12))) | {"\r": 28}
CTRL, SHIFT, CAPS, F1 = 29, 42, 58, 59


def put(folder: str, name: str, data: bytes) -> None:
    (HERE / folder).mkdir(exist_ok=True)
    (HERE / folder / name).write_bytes(data)


def payloads() -> None:
    def seed(name: str, code: bytes, kinds: int = EVERY_KIND, aim: bool = False) -> None:
        put("code_payload", name, bytes([kinds, aim]) + code)

    seed("receipt", b"linli:HP-03:7K4-29M-6")
    seed("receipt_bare", b"7K4-29M-6\r\n")
    seed("receipt_wrong_check", b"linli:HP-03:7K4-29M-3", 1)
    seed("receipt_long_terminal", b"linli:HP-03-OF-THE-SQUARE:7K4-29M-6", 1)
    seed("ticket", b"A017\t", 2)
    seed("appointment", b"2026112300017", 4)
    seed("token", b"eyJhbGciOiJub25lIn0.e30.c2ln-_~/+==", 8)
    seed("token_too_long", b"z" * 2049, 8)
    seed("path", b"../../../../../../etc/shadow", 8)
    seed("url", b"https://evil.example/?q=1")
    seed("sql", b"'; DROP TABLE application; --")
    seed("shell", b"$(reboot) `id` ; rm -rf /")
    seed("escpos", b"\x1b@\x1dV\x42\x00")
    seed("realtime", b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
    seed("gs1", b"]Q3010695012345678910ABC\x1d2112345", aim=True)
    seed("gs1_not_said", b"]Q1010695012345678910ABC\x1d2112345", aim=True)
    seed("appended", b"]z6A017", aim=True)
    seed("hanzi_utf8", "测试甲".encode())
    seed("hanzi_bom", b"\xef\xbb\xbf" + "测试甲".encode())
    seed("hanzi_gb", "测试甲䶮".encode("gb18030"))
    seed("gb_four_bytes", "\U00020087\u202e".encode("gb18030"))
    seed("gb_control", "\u0080".encode("gb18030"))
    seed("gb_last", b"\xe3\x32\x9a\x35")
    seed("gb_past_last", b"\xe3\x32\x9a\x36")
    seed("gb_cut", b"\x81\x30")
    seed("bidi", "A\u202e710".encode())
    seed("isolate", "A\u2066710\u2069".encode())
    seed("overlong", b"\xc0\xae\xc0\xae\xc0\xaf")
    seed("surrogate", b"\xed\xa0\x80")
    seed("noncharacter", b"\xef\xbf\xbe")
    seed("nul", b"A017\x00")
    seed("two", b"A017\rB018")
    seed("empty", b"")
    seed("suffix_only", b"\r\n")
    seed("too_long", b"A" * 3000)


def descriptors() -> dict:
    source = MODEL.read_text()
    found = {}
    for name, body in re.findall(r"constexpr auto k(\w+) = std::to_array<std::uint8_t>\(\{(.*?)\}\);", source, re.S):
        body = re.sub(r"//.*", "", body)
        found[name.lower()] = bytes(int(value, 16) for value in re.findall(r"0x([0-9A-F]{2})", body))
    return found


def hid_pos() -> None:
    def seed(name: str, descriptor: bytes, *reports: bytes) -> None:
        put("hid_pos", name, struct.pack("<H", len(descriptor)) + descriptor + b"".join(bytes([len(r)]) + r for r in reports))

    def honeywell(data: bytes, more: bool = False, aim: bytes = b"]Q1") -> bytes:
        return bytes([2, len(data)]) + aim + data.ljust(56, b"\0") + b"s\0" + bytes([more])

    known = descriptors()
    assert set(known) == {"honeywell", "newland", "third", "keyboard"}, known.keys()
    seed("honeywell", known["honeywell"], honeywell(b"A017"))
    seed("honeywell_fragments", known["honeywell"], honeywell(b"a" * 56, True), honeywell(b"b" * 56, True), honeywell(b"c"))
    seed("honeywell_lost_end", known["honeywell"], honeywell(b"a" * 56, True), b"", honeywell(b"A017"))
    seed("honeywell_mixed", known["honeywell"], honeywell(b"a" * 56, True), honeywell(b"A017", aim=b"]C0"))
    seed("honeywell_count", known["honeywell"], b"\x02\xff" + bytes(62), b"\x03\x01", b"\x02\x01")
    seed("honeywell_endless", known["honeywell"], *[honeywell(b"x" * 56, True)] * 60)
    seed("newland", known["newland"], b"\x02\x04A017" + bytes(58))
    seed("newland_full", known["newland"], b"\x02\x38" + b"y" * 56 + bytes(6), b"")
    seed("third", known["third"], b"]Q1\x80\x3a\x00" + b"z" * 58, b"]Q1\x00\x01\x00z" + bytes(57))
    seed("third_count", known["third"], b"]Q1\x00\x00\x01" + bytes(58))
    seed("keyboard", known["keyboard"], bytes(8))
    seed("cut", known["honeywell"][:40])
    seed("pop", b"\xb4")
    seed("wide", b"\x77\xff\xff\xff\xff\x97\xff\xff\xff\xff\x81\x02")
    seed("long_item", b"\xfe\xff\x00")
    seed("no_bits", b"\x75\x00\x95\xff\x19\x00\x29\xff" + b"\x81\x02" * 8)
    seed("range_backwards", b"\x05\x8c\x09\x02\xa1\x01\x19\xfd\x29\xfb\x75\x08\x95\x03\x81\x02\xc0")
    seed("data_of_bits", b"\x05\x8c\x09\x02\xa1\x01\x75\x01\x95\x38\x09\xfe\x81\x02\xc0")
    seed("empty", b"")


def stream() -> None:
    def seed(name: str, keyboard: bool, *pieces: bytes) -> None:
        put("stream_scanner", name, bytes([keyboard]) + b"".join(bytes([len(p)]) + p for p in pieces))

    def event(kind: int, code: int, value: int, at_ms: int = 0) -> bytes:
        return struct.pack("<qqHHi", at_ms // 1000, at_ms % 1000 * 1000, kind, code, value)

    def keys(text: str, at_ms: int = 0) -> list:
        return [event(1, KEYS[c], KEY_DOWN, at_ms) + event(1, KEYS[c], KEY_UP, at_ms) + event(0, 0, 0, at_ms) for c in text]

    seed("line", False, b"A017\r", b"")
    seed("aim", False, b"]Q1A017\r\n", b"")
    seed("pieces", False, b"A0", b"17", b"", b"B018", b"")
    seed("two", False, b"A017\rB018\r", b"")
    seed("suffix_only", False, b"\r\n", b"")
    seed("aim_only", False, b"]Q1", b"")
    seed("endless", False, *[b"x" * 250] * 13, b"", b"A017\r", b"")
    seed("keys", True, *keys("qwe017\r"), b"")
    seed("keys_shift", True, event(1, SHIFT, KEY_DOWN), *keys("q"), event(1, SHIFT, KEY_UP), *keys("017\r"), b"")
    seed("keys_caps", True, event(1, CAPS, KEY_DOWN), *keys("q017\r"), b"")
    seed("keys_ctrl", True, event(1, CTRL, KEY_DOWN), *keys("o"), event(1, CTRL, KEY_UP), b"")
    seed("keys_function", True, event(1, F1, KEY_DOWN), b"")
    seed("keys_two", True, b"".join(k[:24] for k in keys("q017\r", 0) + keys("w018\r", 500)), b"")
    seed("keys_lost", True, *keys("q0"), event(0, 3, 0), *keys("17\r"), b"")
    seed("keys_times", True, event(1, 16, 1, 0)[:8] + b"\xff" * 8 + event(1, 16, 1, 0)[16:], b"\xff" * 24, *keys("q"), b"")
    seed("keys_torn", True, keys("q")[0][:30], b"")


if __name__ == "__main__":
    payloads()
    hid_pos()
    stream()
