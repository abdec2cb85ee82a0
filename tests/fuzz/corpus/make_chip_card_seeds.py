#!/usr/bin/env python3
"""Writes the seeds of card_apdu and card_record: fictional people, region 000000.

Usage: tests/fuzz/corpus/make_chip_card_seeds.py    (from anywhere; overwrites)
"""
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
TAGS = [0x08, 0x09, 0x0A, 0x0B, 0x0D, 0x07]  # in the order of kSocialSecurityFields
LENGTHS = [18, 30, 1, 1, 4, 9]


def put(folder: str, name: str, data: bytes) -> None:
    (HERE / folder).mkdir(exist_ok=True)
    (HERE / folder / name).write_bytes(data)


def card(values: list, padded: bool = True) -> bytes:
    wire = b""
    for index, value in enumerate(values):
        if value is None:
            continue
        if padded:
            value = value.ljust(LENGTHS[index], b"\0")
        record = bytes([TAGS[index], len(value)]) + value
        wire += bytes([index, len(record)]) + record
    return wire


def eid(*values: str) -> bytes:
    return b"".join(bytes([len(text)]) + text for text in (value.encode() for value in values))


HOLDER = {1: b"000000000000", 3: b"01.01.2021", 4: b"31.12.2031", 6: b"00023000183", 7: b"VOORBEELD", 8: b"Test Drie",
          10: b"Fictief", 12: "30.MÄR.1900".encode(), 13: b"M"}
HOME = {1: b"Fictiestraat 1", 2: b"0000", 3: b"Nergenshuizen"}


def belgian(holder: dict, home: dict) -> bytes:
    def file(fields: dict) -> bytes:
        return b"".join(bytes([tag, len(value)]) + value for tag, value in fields.items())

    identity = b"\x00\x01\x01" + file(holder) + bytes(8)
    return bytes([len(identity)]) + identity + file(home)


def main() -> None:
    number, birth = b"000000190002300032", bytes.fromhex("19000230")
    holder = [number, "测试己".encode("gb18030"), b"1", b"\x01", birth, b"A00000001"]
    put("card_record", "holder", card(holder))
    put("card_record", "compact", card(holder, False))
    put("card_record", "rare_name", card([number, "王𬎆".encode("gb18030"), b"\x02", b"\x11", birth, None]))
    put("card_record", "only_what_must_be", card([number, "样本·庚辛".encode("gb18030"), None, None, birth, None]))
    put("card_record", "bad_bcd", card([number, b"A", b"1", b"\x01", b"\x1a\x00\x02\x30", None]))
    put("card_record", "half_character", card([number, b"\xb2\xe2\xca", None, None, birth, None], False))
    put("card_record", "eid", eid("NÄIDIS", "TEST ÜKS", "XXX", "30 02 1900 FICTION", "30002300016", "31 12 2031"))
    put("card_record", "eid_no_expiry", eid("NÄIDIS", "", "XXX", "30 02 1900", "30002300016", ""))
    nhi = "000000000001".encode() + "測試子".encode("big5").ljust(20, b"\0") + b"A0000000090010230M1130101"
    put("card_record", "nhi", nhi)
    put("card_record", "nhi_half_character", nhi.replace("子".encode("big5"), b"\xa4\0"))
    put("card_record", "nhi_short", nhi[:-1])
    put("card_record", "belgian", belgian(HOLDER, HOME))
    put("card_record", "belgian_no_address", belgian(HOLDER, {}))
    put("card_record", "belgian_no_text", belgian({**HOLDER, 7: b"\xc3"}, HOME))
    put("card_record", "belgian_runs_over", belgian(HOLDER, HOME)[:-20])
    put("card_record", "belgian_chained_length", b"\x04\x01\xff\xff\x00" + bytes(16))
    for name, digits in {
        "select": "00A404000F7378312E73682EC9E7BBE1B1A3D5CF",
        "select_file": "00A4020002EF06",
        "read_name": "00B2090020",
        "read_card_number": "00B2072C0B",
        "read_any_length": "00B2090000",
        "get_response": "00C0000007",
        "read_bytes": "00B0000000",
        "with_length": "00A4040001AA05",
        "ok": "0812414243444546474849505152535455565758" + "9000",
        "more": "6112",
        "objects": "0801AA5F1F8101BB7F8102820001CC",
        "endless_tag": "1FFFFFFF0100",
        "indefinite": "30800000",
        "long_length": "0882FFFF",
    }.items():
        put("card_apdu", name, bytes.fromhex(digits))


if __name__ == "__main__":
    main()
