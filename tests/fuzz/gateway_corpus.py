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
HEADER = {"clock": "synchronised", "created": "2026-11-23T01:41:00Z", "device": "fedcba9876543210", "id": ID,
          "kid": hashlib.sha256(public.raw).hexdigest()[:16], "suite": 1, "terminal": "HP-03", "version": 2}
# Sealed with suite 2 to the public half of the secret key 0x01…01: OpenSSL is not asked from here.
SM2_KID = "93ed96b8855fa1ed"
SM2_SEALED = bytes.fromhex(
    "009c30819902201a4050c2e434e27df394d216b7d411157e6a0852921632a27956687dfd665698022100fc0cff695842c1d8"
    "11c79a35c29e6c607da3c87885e1f0432c1d5774e9e1be34042076ed8a9f9290f31e4b2f50685e615dbbe42313cf8b404c3f"
    "f3a990b97049e15d04305fe3000ca812c063cfce1a2fe44a4dd1dc24b60ad46634d5495e2617b0541d811298e8d1e0b16de3"
    "d243728dc01d65601c881bf8167d85de39e3b07df6f2de6da6253b6c263f7a476cdce564f91b9b8651ac97105ec660f10068"
    "be8f5b1cfdc3bf9c2b5a6c7e1d63e6fc9045f1384d86781c58be7fb5262804c3f2f565d87a9cfd671052d0bd1427ee90c09b"
    "93b82d8ceef7983fdd04b21973e18c007f10fc3d6b2f87d62f00bf508663c472f7f24bfab24cefd624ac657f676c6a4a0dcd"
    "7bf42ce593a11d60d987a36c044d63bfd92e6365536a3a603864d598db3296cbf9673ae12f46b851839705d1c0634dab26eb"
    "a7cf23f27acaf3583f1e540b300e657aade7d7089951530d1c829fac20c09b00c300af612903458f4f5daf71cb8285e395db"
    "0ceca2c53bb7df0c44fe5d00795a16a6fc5b4ef38dfb2b7d8bd13a95b8b8fedf86c15a1c82071a5cef4c7dd6598558163706"
    "fc9fb19b46cc932f01d04cd783b844d923a542d20dc97ecd8fae2deb171d24085e3a88d0bdf1db17dc2ce3c13ee522c11e98"
    "006db8d69510bdb1635f39001cfbef1fd607161fe34f268bcbbe2c4e8e0eec09aefa9213e166b945ee47387598afd16d1f54"
    "0959ea64a05e289e4354829b38")
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
    return dump({"header": header, "sealed": base64.b64encode(sealed.raw).decode(), "signature": "QUJD"})


QUESTION = {"status_query": {"application": ID, "id_number": "000000194102030021"}}


def request(first_line, *headers, body=b""):
    return "\n".join([first_line, *headers, "", ""]).encode() + body


def put(body, *headers, path=ID):
    return request("PUT /v1/applications/" + path, "content-type: application/json", "!", *headers, body=body)


def part(plaintext, **changed):
    header = {"application": ID, "part": 1, "version": 1, **{k: HEADER[k] for k in ("device", "kid", "suite", "terminal")}, **changed}
    content = {"field": "bill", "header": header, "media_type": "image/jpeg"}
    plaintext = dump(content) + b"\n" + plaintext
    sealed = ctypes.create_string_buffer(len(plaintext) + 48)
    sodium.crypto_box_seal(sealed, plaintext, ctypes.c_ulonglong(len(plaintext)), public.raw)
    return b"linli-part 1\n" + dump(header) + b"\nQUJD\n" + sealed.raw, plaintext


def put_part(body):
    return request(f"PUT /v1/applications/{ID}/parts/{hashlib.sha256(body).hexdigest()}", "content-type: application/octet-stream",
                   "!", body=body)


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
    "not-base64": dump({"header": HEADER, "sealed": "*", "signature": "QUJD"}),
    "no-signature": dump({"header": HEADER, "sealed": "QUJD"}),
    "suite-2": dump({"header": {**HEADER, "kid": SM2_KID, "suite": 2}, "sealed": base64.b64encode(SM2_SEALED).decode(),
                     "signature": "QUJD"}),
    "suite-2-short": dump({"header": {**HEADER, "kid": SM2_KID, "suite": 2}, "sealed": "AAAA", "signature": "QUJD"}),
    "suite-2-lengths": dump({"header": {**HEADER, "kid": SM2_KID, "suite": 2},
                             "sealed": base64.b64encode(b"\x00\x9b" + SM2_SEALED[4:]).decode(), "signature": "QUJD"}),
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
    "plain-parts": b"P" + dump({"application": APPLICATION, "header": HEADER, "salt": "00112233445566778899aabbccddeeff",
                                "parts": [{"bytes": 81234, "field": "bill", "media_type": "image/jpeg", "sha256": "0a" * 32}]}),
    "part": part(b"picture")[0],
    "part-five": part(b"picture", part=5)[0],
    "part-cut": part(b"picture")[0][:40],
    "part-plain": b"A" + part(b"picture")[1],
    "part-plain-empty": b"A" + part(b"")[1],
    "part-plain-line": b"A{}",
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
    "put-part": put_part(part(b"picture")[0]),
    "put-part-html": put_part(b"<html>"),
    "status": request("POST /v1/status-queries", "content-type: application/json", "!",
                      body=envelope(content(application=QUESTION))),
    "nowhere": request("GET /../etc/passwd"),
}
for name, seeds in {"gateway_envelope": envelopes, "gateway_request": requests}.items():
    folder = corpus / name
    folder.mkdir(parents=True, exist_ok=True)
    for seed, data in seeds.items():
        (folder / seed).write_bytes(data)
