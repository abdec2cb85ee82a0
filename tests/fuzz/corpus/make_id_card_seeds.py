#!/usr/bin/env python3
"""Writes the seeds of sdt_frame and person_record from the vectors in tests/hal/sdt_vectors.h.

Usage: tests/fuzz/corpus/make_id_card_seeds.py    (from anywhere; overwrites)
"""
import functools
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
VECTORS = HERE.parent.parent / "hal" / "sdt_vectors.h"
COMMANDS = ["reset", "status", "id", "find", "select", "read", "read_fp", "address", "number"]


def frame(body: bytes) -> bytes:
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return b"\xaa\xaa\xaa\x96\x69" + counted + bytes([functools.reduce(lambda a, b: a ^ b, counted)])


def texts() -> dict:
    found = {}
    for block in re.findall(r'\{"(\w\d)",(.*?)\},', VECTORS.read_text(), re.S):
        digits = "".join(re.findall(r'"([0-9a-f]+)"', block[1]))[64:]
        found[block[0]] = bytes.fromhex(digits)
    return found


def read_answer(text: bytes, photo_length: bytes = b"\x04\x00") -> bytes:
    return frame(b"\x00\x00\x90\x01\x00" + photo_length + text + bytes(i & 255 for i in range(1024)))


def put(folder: str, name: str, data: bytes) -> None:
    (HERE / folder).mkdir(exist_ok=True)
    (HERE / folder / name).write_bytes(data)


def seed(name: str, command: str, wire: bytes, piece: int = 0) -> None:
    put("sdt_frame", name, bytes([COMMANDS.index(command), piece]) + wire)


def main() -> None:
    people = texts()
    r1 = people["R1"]
    for name, text in people.items():
        seed(f"read_{name}", "read", read_answer(text), 7 if name == "R2" else 0)
        put("person_record", name, text)
    ok = bytes.fromhex("0004000090 94".replace(" ", ""))
    start = bytes.fromhex("AAAAAA9669")
    seed("status_ok", "status", start + ok)
    seed("byte_in_sync_run", "status", bytes.fromhex("AA00AAAA9669") + ok)
    seed("extra_sync", "status", b"\xaa\xaa" + start + ok, 1)
    seed("leading_junk", "status", b"\x55" + start + ok)
    seed("bad_checksum", "status", start + bytes.fromhex("000400009095"))
    seed("length_ffff", "status", start + b"\xff\xff" + bytes(40))
    seed("length_3", "status", start + bytes.fromhex("0003000003"))
    seed("r1_cut", "read", read_answer(r1)[:700])
    seed("r1_lengths_do_not_add_up", "read", read_answer(r1, b"\x04\x01"))
    seed("found", "find", frame(b"\x00\x00\x9f" + bytes(4)))
    seed("found_after_select", "select", frame(b"\x00\x00\x9f" + bytes(4)))
    seed("selected", "select", frame(b"\x00\x00\x90" + bytes(8)))
    seed("module_id", "id", frame(bytes.fromhex("000090050003009548400101000000" + "02000000")))
    letter = bytearray(r1)
    letter[248] = 0x5A
    put("person_record", "letter_Z", bytes(letter))
    seed("r1_letter_Z", "read", read_answer(bytes(letter)))
    half = bytearray(r1)
    half[2:4] = b"\x00\xd8"
    put("person_record", "unpaired_surrogate", bytes(half))
    number = bytearray(r1)
    number[122 + 34] = 0x37
    put("person_record", "wrong_check_digit", bytes(number))
    rare = bytearray(r1)
    rare[2:6] = "\U0002C386".encode("utf-16-le")
    put("person_record", "rare_character", bytes(rare))


if __name__ == "__main__":
    main()
