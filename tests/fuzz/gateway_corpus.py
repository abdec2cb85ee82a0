#!/usr/bin/env python3
"""Writes the seeds of gateway_envelope_fuzz and gateway_request_fuzz (Debian: libsodium23). Seals are random, so the
files differ from run to run; they only have to be read."""
import base64
import ctypes
import hashlib
import json
import pathlib

corpus = pathlib.Path(__file__).parent / "corpus"
sodium = ctypes.CDLL("libsodium.so.23")
sodium.sodium_init()
public = ctypes.create_string_buffer(32)
sodium.crypto_scalarmult_base(public, b"\x01" * 32)
ID = "019365a0-0000-7000-8000-000000000001"
HEADER = {"clock": "synchronised", "created": "2026-11-23T01:41:00Z", "id": ID,
          "kid": hashlib.sha256(public.raw).hexdigest()[:16], "suite": 1, "terminal": "HP-03", "version": 1}
APPLICATION = {"answers": {"payment": "card", "phone": "13800000000"},
               "applicant": {"birth": "19410203", "id_number": "000000194102030021", "name": "王秀兰"},
               "checks": {"birth": True, "expired": False, "number": True}, "language": "zh",
               "service": {"id": "senior-allowance", "version": 1}}


def dump(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content(application=APPLICATION, header=HEADER, salt="00112233445566778899aabbccddeeff"):
    return dump({"application": application, "header": header, "salt": salt})


def envelope(plaintext, header=HEADER):
    sealed = ctypes.create_string_buffer(len(plaintext) + 48)
    sodium.crypto_box_seal(sealed, plaintext, ctypes.c_ulonglong(len(plaintext)), public.raw)
    return dump({"header": header, "sealed": base64.b64encode(sealed.raw).decode()})


def request(first_line, *headers, body=b""):
    return "\n".join([first_line, *headers, "", ""]).encode() + body


def put(body, *headers, path=ID):
    return request("PUT /v1/applications/" + path, "content-type: application/json", "!", *headers, body=body)


def without(value, name):
    return {k: v for k, v in value.items() if k != name}


good = envelope(content())
envelopes = {
    "good": good,
    "cut": good[:200],
    "other-kid": envelope(content(), {**HEADER, "kid": "0" * 16}),
    "changed-header": envelope(content(), {**HEADER, "terminal": "HP-04"}),
    "bad-header": envelope(content(), {**HEADER, "created": "2026-02-30T00:00:00Z"}),
    "duplicate": good.replace(b'{"header"', b'{"sealed":"","header"'),
    "not-base64": dump({"header": HEADER, "sealed": "*"}),
    "deep": b"[" * 40 + b"]" * 40,
    "zero-byte": good + b"\0x",
    "bad-utf8": b'{"header":"\xc0\x80"}',
    "plain-good": b"P" + content(),
    "plain-salt": b"P" + content(salt="x"),
    "plain-header": b"P" + content(header={**HEADER, "suite": 1.0}),
    "plain-no-card": b"P" + content(without(without(APPLICATION, "applicant"), "checks")),
    "plain-no-answers": b"P" + content(without(APPLICATION, "answers")),
    "plain-service": b"P" + content({**APPLICATION, "service": {"id": "passport", "version": 1}}),
    "plain-types": b"P" + content({**APPLICATION, "applicant": {"name": 7}, "checks": {"birth": 1}}),
    "plain-duplicate": b'P{"application":{},"application":{}}',
    "plain-empty": b"P",
}
requests = {
    "put-good": put(good),
    "put-key": put(good, f'idempotency-key: "{ID}"'),
    "put-other-id": put(good, path=ID[:-1] + "2"),
    "put-bad-id": put(good, path="x"),
    "put-digest": request("PUT /v1/applications/" + ID, "content-type: application/json", "content-length: 2",
                          "content-digest: sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:", body=b"{}"),
    "put-chunked": request("PUT /v1/applications/" + ID, "transfer-encoding: chunked"),
    "put-type": request("PUT /v1/applications/" + ID, "content-type: text/html", "!", body=b"<html>"),
    "put-not-json": put(b"<html>"),
    "get": request("GET /v1/applications/" + ID),
    "get-tag": request("GET /v1/catalogue", 'if-none-match: "x", W/"y", *'),
    "head": request("HEAD /healthz"),
    "post": request("POST /v1/catalogue"),
    "nowhere": request("GET /../etc/passwd"),
}
for name, seeds in {"gateway_envelope": envelopes, "gateway_request": requests}.items():
    folder = corpus / name
    folder.mkdir(parents=True, exist_ok=True)
    for seed, data in seeds.items():
        (folder / seed).write_bytes(data)
