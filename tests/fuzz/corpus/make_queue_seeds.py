#!/usr/bin/env python3
"""Writes the seed inputs of answer, envelope, receipt_code, export_file and outbox_row next to this file."""
import base64
import hashlib
import pathlib

HERE = pathlib.Path(__file__).parent
ID = "0190f3c2-0000-7000-8000-000000000001"
DIGEST = "sha-256=:" + base64.b64encode(hashlib.sha256(b"the plaintext").digest()).decode() + ":"
ACK = f'{{"digest":"{DIGEST}","id":"{ID}","number":"2026-000017","received":"2026-11-23T01:41:02Z","state":"received"}}'
HEADER = ('{"clock":"unverified","created":"2026-11-23T01:41:00Z","id":"' + ID +
          '","kid":"0123456789abcdef","suite":1,"terminal":"HP-03","version":1}')



def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def export(*envelopes):
    text = "linli-export 1\n"
    for envelope in envelopes:
        text += f"record {ID} {sha256('plaintext')} {sha256(envelope)} {len(envelope)}\n{envelope}\n"
    return text + f"end {len(envelopes)} {sha256(text)}\n"


def with_part(part):
    text = f"linli-export 1\npart {ID} 1 {sha256(part)} {len(part)}\n{part}\n"
    text += f"record {ID} {sha256('plaintext')} {sha256('sealed')} 6\nsealed\n"
    return text + f"end 1 {sha256(text)}\n"


def column(kind, value=b""):
    """A column of outbox_row: 0 an integer, 1 text, 2 a blob, 3 nothing."""
    return bytes([kind, len(value)]) + value


def row(state=b"\x01", receipt=(0, b"\x07"), id_of=(2, bytes(range(16))), digest=(2, bytes(32)), chain=(3, b"")):
    columns = [(0, b"\x05"), (0, state), id_of, receipt, (0, b"\x01"), (0, b"\x01"), (1, b"0123456789abcdef"), (1, b"boot"), digest, digest,
               (2, b"sealed"), (0, b"\x01"), (0, b"\x01"), (0, b"\x02"), (0, b"\x02"), (3, b""), (3, b""), (1, b"NET-001"), (3, b""), (3, b""),
               chain, (0, b"\x00"), (3, b"")]
    return b"".join(column(*each) for each in columns)


SEEDS = {
    "outbox_row": {
        "sound": row(),
        "in_a_chain": row(chain=(2, bytes(16))),
        "chain_too_short": row(chain=(2, bytes(3))),
        "state_of_nobody": row(state=b"\x09"),
        "receipt_too_large": row(receipt=(0, b"\x7f" * 8)),
        "receipt_as_text": row(receipt=(1, b"7K4-29M-R")),
        "id_as_text": row(id_of=(1, ID.encode())),
        "digest_cut": row(digest=(2, bytes(31))),
        "nothing_at_all": b"\x03\x00" * 23,
    },
    "export_file": {
        "none": export(),
        "two": export("sealed", "x" * 300),
        "partial": export("sealed", "sealed")[:250],
        "changed": export("sealed").replace("sealed", "sealeD"),
        "length": export("sealed").replace(" 6\n", " 99999999999999999999\n"),
        "leading_zero": export("sealed").replace(" 6\n", " 06\n"),
        "upper_case": export("sealed").upper(),
        "part": with_part("linli-part 1\n"),
        "part_seven": with_part("x").replace(" 1 ", " 7 "),
        "part_changed": with_part("picture").replace("picture", "pictura"),
        "after_the_end": export("sealed") + "x",
    },
    "answer": {
        "ack": "1j" + ACK,
        "ack_later_version": "1j" + ACK[:-1] + ',"events":[{"at":1,"what":{"a":[1,2.5,null,true]}}]}',
        "ack_escaped": "1j" + ACK.replace("sha-256", "\\u0073ha-256"),
        "other_id": "1j" + ACK.replace("0001", "0002"),
        "other_digest": "1j" + ACK.replace("=:", "=:A"),
        "truncated": "1j" + ACK[:-20],
        "twice": "1j" + ACK.replace('"state"', '"id"'),
        "no_number": "1j" + ACK.replace("2026-000017", ""),
        "signed": "1s" + ACK[:-1] + ',"signature":"' + base64.b64encode(b"s" * 64).decode() + '"}',
        "signed_short": "1s" + ACK[:-1] + ',"signature":"QUJD"}',
        "page": "1h<html>Please log in</html>",
        "healthy": '1j{"status":"ok"}',
        "refused": '4p{"type":"urn:linli:problem:application-invalid","status":422,"code":"application-invalid"}',
        "conflict": '9p{"type":"urn:linli:problem:different-body","status":409}',
        "in_progress": '9p{"type":"urn:linli:problem:in-progress","status":409}',
        "duplicate": '9p{"type":"urn:linli:problem:duplicate",' + ACK[1:],
        "proxy": '4p{"type":"about:blank"}',
        "deep": "1j" + "[" * 400,
        "deep_object": "1j" + '{"a":' * 400,
        "numbers": '1j{"a":1e999,"b":-0,"c":18446744073709551616,"d":0.1}',
        "surrogate": '1j{"a":"\\ud800"}',
        "broken": "5p",
    },
    "envelope": {
        "signed": (f'{{"header":{HEADER},"sealed":"QUJD","signature":"QUJD"}}'.replace('"version":1', '"version":2')
                   .replace('"id":', '"device":"fedcba9876543210","id":')),
        "version_3": f'{{"header":{HEADER},"sealed":"QUJD"}}'.replace('"version":1', '"version":3'),
        "whole": f'{{"header":{HEADER},"sealed":"QUJD"}}',
        "suite_2": f'{{"header":{HEADER},"sealed":"QUJD"}}'.replace('"suite":1', '"suite":2'),
        "no_seal": f'{{"header":{HEADER},"sealed":""}}',
        "bad_id": f'{{"header":{HEADER},"sealed":"QUJD"}}'.replace(ID, "x"),
        "truncated": f'{{"header":{HEADER},"sea',
        "flat": '{"header":1,"sealed":"x"}',
        "large_number": f'{{"header":{HEADER},"sealed":"QUJD"}}'.replace('"version":1', '"version":99999999999999999999'),
    },
    "receipt_code": {
        "written": "7K4-29M-6",
        "spoken": "7k4 29m 6",
        "letters": "ooo-lil-o",
        "short": "7K4-29M",
        "wide": "７K4-29M-6",
        "dashes": "-" * 40,
        "empty": "",
    },
}

for target, seeds in SEEDS.items():
    (HERE / target).mkdir(exist_ok=True)
    for name, text in seeds.items():
        (HERE / target / name).write_bytes(text if isinstance(text, bytes) else text.encode())
(HERE / "answer" / "bad_utf8").write_bytes(b'1j{"id":"\xc3\x28"}')
