#!/usr/bin/env python3
"""Holds docs/api/openapi.yaml and the real server against each other, in both directions.

The document: its references resolve, its schemas are valid (JSON Schema 2020-12), its examples fit its schemas.
The server: every answer is one that is documented, with the documented media type, fields and body.
Both: every documented path, method, status and problem code was really seen.

usage: openapi_test.py OPENAPI_YAML LINLI_GATEWAY     (Debian: python3-yaml python3-jsonschema libsodium23)
"""
import base64
import ctypes
import datetime
import hashlib
import http.client
import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile

import jsonschema
import yaml

from openapi_document import Document, fail
from openapi_maker import Maker, TERMINAL, Terminal, canonical, digest_field, sodium
from openapi_status import exercise_status

PROBLEM = "application/problem+json"


# --- the server

class Server:
    def __init__(self, program, document):
        self.document = document
        self.folder = tempfile.TemporaryDirectory(prefix="linli-openapi-")
        folder = pathlib.Path(self.folder.name)
        (folder / "services").mkdir()
        (folder / "services" / "senior-allowance.json").write_text('{"id":"senior-allowance","version":1}')
        self.data = folder / "data"
        keys = json.loads(subprocess.run([program, "keys", "--data", self.data, "--json"], check=True, capture_output=True,
                                         text=True).stdout)
        self.public_key = bytes.fromhex(keys["office_key"])
        self.answer_key = bytes.fromhex(keys["answer_key"])
        (self.data / "devices").mkdir()
        (self.data / "devices" / "HP-03.pub").write_text(TERMINAL.line)
        self.log = open(folder / "log", "wb")
        self.process = subprocess.Popen(
            [program, "serve", "--data", self.data, "--services", folder / "services", "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=self.log)
        self.port = json.loads(self.process.stdout.readline())["port"]
        self.seen = set()

    def ask(self, method, path, expected, body=None, headers=None, code=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.status != expected:
            fail(f"{method} {path}: {answer.status} instead of {expected}: {data.decode(errors='replace')}")
        self.hold_against_document(method, path, answer, data, code)
        return answer, data

    def hold_against_document(self, method, path, answer, data, code):
        where = f"{method} {path} {answer.status}"
        template = next((t for t in self.document.paths
                         if re.fullmatch(re.sub(r"{\w+}", "[^/]+", t), path)), None)
        if template is None:
            self.check_problem(where, data, self.document.root["components"]["schemas"]["Problem"], "not-found")
            return
        documented = {(m, s): r for p, m, s, r in self.document.responses() if p == template}
        key = (method if answer.status != 405 else "*", answer.status)
        if key not in documented:
            fail(where + ": not documented")
        response = documented[key]
        for name, header in response.get("headers", {}).items():
            header = self.document.resolve(header)
            value = answer.getheader(name)
            if value is None:
                fail(f"{where}: no {name}")
            self.document.validator(header["schema"]).validate(value)
        if answer.status == 405 and answer.getheader("Allow") != self.document.paths[template]["x-other-methods"]["allow"]:
            fail(where + ": Allow is not as documented")
        content = response.get("content")
        if method == "HEAD" or not content:
            if data:
                fail(where + ": an undocumented body")
            self.seen.add((template, *key, None))
            return
        media = answer.getheader("Content-Type")
        if media not in content:
            fail(f"{where}: undocumented media type {media}")
        if media == PROBLEM:
            code = self.check_problem(where, data, content[media]["schema"], code)
            if code not in content[media]["examples"]:
                fail(f"{where}: undocumented code {code}")
        else:
            self.document.validator(content[media]["schema"]).validate(json.loads(data))
            code = None
        self.seen.add((template, *key, code))

    def check_problem(self, where, data, schema, code):
        problem = json.loads(data)
        self.document.validator(schema).validate(problem)
        if code and problem["code"] != code:
            fail(f"{where}: {problem['code']} instead of {code}")
        if problem["type"] != "urn:linli:problem:" + problem["code"]:
            fail(where + ": type and code differ")
        return problem["code"]

    def put(self, maker, expected, code=None, body=None, **changed):
        body = maker.make() if body is None else body
        headers = {"Content-Type": "application/json", "Content-Digest": digest_field(body)}
        headers.update({name.replace("_", "-"): value for name, value in changed.items()})
        headers = {name: value for name, value in headers.items() if value is not None}
        return self.ask("PUT", "/v1/applications/" + maker.id, expected, body, headers, code)

    def put_part(self, maker, body, expected, code=None, path=None, **changed):
        headers = {"Content-Type": "application/octet-stream", "Content-Digest": digest_field(body)}
        headers.update({name.replace("_", "-"): value for name, value in changed.items()})
        path = path or f"/v1/applications/{maker.id}/parts/{hashlib.sha256(body).hexdigest()}"
        return self.ask("PUT", path, expected, body, headers, code)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(timeout=20) != 0:
            fail("the server did not stop cleanly")
        self.process.stdout.close()
        self.log.close()


def exercise_put(server, maker):
    first = maker(1)
    body = first.make()
    _, created = server.put(first, 201, body=body)
    if json.loads(created)["digest"] != first.plaintext_digest:
        fail("the digest is not that of the plaintext")
    receipt = json.loads(created)
    text = "linli-receipt-v1\n" + "".join(receipt[name] + "\n" for name in ("id", "digest", "number", "received", "state"))
    signature = base64.b64decode(receipt["signature"])
    if sodium.crypto_sign_verify_detached(signature, text.encode(), ctypes.c_ulonglong(len(text)), server.answer_key) != 0:
        fail("the receipt is not signed as documented")
    _, again = server.put(first, 200, body=body, Idempotency_Key=f'"{first.id}"')
    if again != created:
        fail("a repeat is answered otherwise")
    server.put(first, 409, "different-body")
    server.put(maker(2), 400, "malformed", Idempotency_Key='"else"')
    server.put(maker(2), 400, "digest-mismatch", Content_Digest=digest_field(b"else"))
    server.put(maker(2), 411, "length-required", body=b"0\r\n\r\n", Transfer_Encoding="chunked")
    server.put(maker(2), 413, "too-large", body=b" " * 262145)
    server.put(maker(2), 415, "media-type", Content_Type="text/html")
    changed = maker(2)
    changed.application["service"] = {"id": "passport", "version": 1}
    server.put(changed, 404, "unknown-service")
    changed = maker(2)
    changed.header["kid"] = "0" * 16
    server.put(changed, 422, "unknown-key")
    changed = maker(2)
    server.put(changed, 422, "seal-broken", body=changed.signed(base64.b64encode(b"x" * 100).decode()))
    changed = maker(2)
    envelope = json.loads(changed.make())
    envelope["sealed"] = json.loads(changed.make())["sealed"]
    server.put(changed, 422, "signature-broken", body=canonical(envelope))
    changed = maker(2)
    changed.header["device"] = "0" * 16
    server.put(changed, 403, "unknown-device")
    changed = maker(2)
    changed.inner = dict(changed.header, terminal="HP-04")
    server.put(changed, 422, "header-mismatch")
    changed = maker(2)
    del changed.application["answers"]
    server.put(changed, 422, "application-invalid")


def exercise_parts(server, maker):
    application = maker(50)
    part = application.part()
    named = application.name(part)
    server.document.validator(server.document.root["components"]["schemas"]["NamedPart"]).validate(named)
    application.parts = [named]
    application.application["answers"]["bill"] = 1
    body = application.make()
    server.put(application, 409, "parts-missing", body=body)
    _, created = server.put_part(application, part, 201)
    receipt = json.loads(created)
    if receipt["digest"] != digest_field(part) or receipt["id"] != application.id:
        fail("a part's receipt does not name it")
    text = f"linli-receipt-v1\n{receipt['id']}\n{receipt['digest']}\n\n{receipt['received']}\npart\n"
    if sodium.crypto_sign_verify_detached(base64.b64decode(receipt["signature"]), text.encode(), ctypes.c_ulonglong(len(text)),
                                          server.answer_key) != 0:
        fail("a part's receipt is not signed as documented")
    server.put(application, 201, body=body)
    _, again = server.put_part(application, part, 200)
    if again != created:
        fail("a repeated part is answered otherwise")
    server.put_part(application, application.part(2), 409, "application-closed")
    other = maker(51)
    good = other.part()
    path = f"/v1/applications/{other.id}/parts/{hashlib.sha256(good).hexdigest()}"
    server.put_part(other, b"else", 400, "digest-mismatch", path=path)
    server.put_part(other, good, 400, "malformed", path=f"/v1/applications/{other.id}/parts/xyz")
    server.put_part(other, b"0\r\n\r\n", 411, "length-required", path=path, Transfer_Encoding="chunked")
    server.put_part(other, b" " * 528385, 413, "too-large", path=path)
    server.put_part(other, good, 415, "media-type", Content_Type="application/json")
    server.put_part(other, other.part(device="0" * 16), 403, "unknown-device")
    server.put_part(other, other.part(signer=Terminal()), 422, "signature-broken")
    server.put_part(other, other.part(kid="0" * 16), 422, "unknown-key")
    server.put_part(other, other.part(sealed=b"x" * 100), 422, "seal-broken")
    server.put_part(other, other.part(inner={"part": 2}), 422, "header-mismatch")
    server.put_part(other, other.part(sealed=other.seal(b"{}")), 422, "application-invalid")
    for number in range(1, 5):
        server.put_part(other, other.part(number), 201)
    server.put_part(other, other.part(1), 413, "too-large")
    for method in ("GET", "DELETE"):
        server.ask(method, path, 405, code="method-not-allowed")


def message(server, method, path, expected, body, code=None, key=None, **changed):
    data = json.dumps(body).encode() if not isinstance(body, bytes) else body
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Idempotency-Key"] = f'"{key}"'
    headers.update({name.replace("_", "-"): value for name, value in changed.items()})
    return server.ask(method, path, expected, data, headers, code)


def faulty_messages(server, method, path, good, key=None):
    message(server, method, path, 400, {"day": "today"}, "malformed", key)
    message(server, method, path, 411, b"0\r\n\r\n", "length-required", key, Transfer_Encoding="chunked")
    message(server, method, path, 413, b" " * 16385, "too-large", key)
    message(server, method, path, 415, good, "media-type", key, Content_Type="text/html")
    for other in ("GET", "DELETE"):
        server.ask(other, path, 405, code="method-not-allowed")


def exercise_tickets(server, maker, today):
    def ticket(number):
        return "/v1/halls/HP/tickets/" + maker(number).id

    examples = server.document.root["components"]["schemas"]
    fresh = {"day": today, "issued": "2026-11-27T01:41:00Z", "series": "A", "terminal": "HP-03"}
    server.document.validator(examples["NewTicket"]).validate(fresh)
    message(server, "PUT", ticket(1), 201, fresh)
    message(server, "PUT", ticket(1), 200, fresh)
    message(server, "PUT", ticket(2), 201, dict(fresh, label="AC07"))
    message(server, "PUT", ticket(3), 409, dict(fresh, label="AC07"), "label-taken")
    message(server, "PUT", ticket(3), 409, dict(fresh, day="1970-01-01"), "wrong-day")
    faulty_messages(server, "PUT", ticket(3), fresh)
    leases, lease = "/v1/halls/HP/ticket-leases", {"day": today, "series": "A", "terminal": "HP-03"}
    for number in range(15):
        message(server, "POST", leases, 201, lease, key=f"lease-{number}")
    message(server, "POST", leases, 409, lease, "numbers-used-up", "one-more")
    message(server, "POST", leases, 409, dict(lease, series="B"), "different-body", "lease-1")
    message(server, "POST", leases, 409, dict(lease, day="1970-01-01"), "wrong-day", "another")
    faulty_messages(server, "POST", leases, lease, "faulty")
    calls, call = "/v1/halls/HP/calls", {"day": today, "series": "A"}
    message(server, "POST", calls, 200, call, key="first")
    message(server, "POST", calls, 200, call, key="second")
    message(server, "POST", calls, 404, call, "not-found", "third")
    faulty_messages(server, "POST", calls, call, "faulty")


def exercise_sync(server):
    head = {"chain": "c" * 32, "record": 7, "hash": "a" * 64}
    beat = {"terminal": "HP-03", "software": "1.0.0", "catalogue": 1, "queue": {"waiting": 0, "oldest_s": 0}, "audit": head}
    server.document.validator(server.document.root["components"]["schemas"]["Heartbeat"]).validate(beat)
    message(server, "POST", "/v1/sync", 200, beat)
    message(server, "POST", "/v1/sync", 409, dict(beat, audit=dict(head, record=6)), "audit-went-back")
    faulty_messages(server, "POST", "/v1/sync", beat)


def exercise_catalogue(server):
    _, data = server.ask("GET", "/v1/catalogue", 200)
    manifest = json.loads(json.loads(data)["manifest"])
    server.document.validator(server.document.root["components"]["schemas"]["Manifest"]).validate(manifest)
    signature = bytes.fromhex(json.loads(data)["signature"])
    signed = json.loads(data)["manifest"].encode()
    if sodium.crypto_sign_verify_detached(signature, signed, ctypes.c_ulonglong(len(signed)), bytes.fromhex(json.loads(data)["key"])):
        fail("the catalogue's signature does not fit")
    for method in ("GET", "HEAD"):
        server.ask(method, "/v1/blobs/sha256/" + manifest["services"][0]["sha256"], 200)
        server.ask(method, "/v1/blobs/sha256/" + "0" * 64, 404, code="not-found")
        server.ask(method, "/v1/blobs/sha256/xyz", 400, code="malformed")
    server.ask("POST", "/v1/blobs/sha256/xyz", 405, code="method-not-allowed")


def exercise_reads(server, maker):
    paths = {"/healthz": None, "/v1/catalogue": None, "/v1/applications/" + maker(1).id: None}
    for path in paths:
        answer, _ = server.ask("GET", path, 200)
        server.ask("HEAD", path, 200)
        if answer.getheader("ETag"):
            for method in ("GET", "HEAD"):
                server.ask(method, path, 304, headers={"If-None-Match": answer.getheader("ETag")})
        for method in ("POST", "DELETE", "PATCH", "OPTIONS"):
            server.ask(method, path, 405, code="method-not-allowed")
    for method in ("GET", "HEAD"):
        server.ask(method, "/v1/applications/nonsense", 400, code="malformed")
        server.ask(method, "/v1/applications/" + maker(999).id, 404, code="not-found")
    server.ask("GET", "/v2", 404)


def exercise_a_broken_disk(server, maker, today):
    pid = server.process.pid
    usual = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, usual[1]))
    server.put(maker(3), 503, "busy")
    server.put_part(maker(3), maker(3).part(), 503, "busy")
    lease = {"day": today, "series": "C", "terminal": "HP-03"}
    message(server, "PUT", "/v1/halls/HP/tickets/" + maker(9).id, 503, dict(lease, issued="2026-11-27T01:41:00Z"), "busy")
    message(server, "POST", "/v1/halls/HP/ticket-leases", 503, lease, "busy", "full")
    message(server, "PUT", "/v1/halls/HP/tickets/" + maker(9).id, 503, dict(lease, issued="2026-11-27T01:41:00Z"), "busy")
    message(server, "POST", "/v1/sync", 503, {"terminal": "HP-03", "software": "1.0.0", "catalogue": 1,
                                              "queue": {"waiting": 0, "oldest_s": 0}}, "busy")
    resource.prlimit(pid, resource.RLIMIT_FSIZE, usual)
    for number in range(4, 24):  # pushes the first application out of SQLite's cache of 2 MB
        large = maker(number)
        large.application["answers"]["note"] = "x" * 180_000
        server.put(large, 201)
    for file in server.data.glob("gateway.sqlite*"):
        os.truncate(file, 0)
    for method in ("GET", "HEAD"):
        server.ask(method, "/v1/applications/" + maker(1).id, 503, code="busy")
    message(server, "POST", "/v1/halls/HP/calls", 503, {"day": today, "series": "A"}, "busy", "broken")


def check_everything_was_seen(document, seen):
    expected = set()
    for path, method, status, response in document.responses():
        problems = response.get("content", {}).get(PROBLEM) if method != "HEAD" else None
        for code in (problems["examples"] if problems else [None]):
            expected.add((path, method, status, code))
    for missing in sorted(map(str, expected - seen)):
        print("documented, never seen:", missing)
    if expected - seen:
        fail("the document says more than the server does")
    print(len(expected), "documented answers, all seen")


def main():
    document = Document(sys.argv[1])
    document.check()
    server = Server(sys.argv[2], document)

    def maker(number):
        return Maker(document, server.public_key, number)

    try:
        exercise_put(server, maker)
        exercise_parts(server, maker)
        exercise_reads(server, maker)
        today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
        exercise_catalogue(server)
        exercise_tickets(server, maker, today)
        exercise_sync(server)
        exercise_status(server, maker, sys.argv[2], message, faulty_messages)
        exercise_a_broken_disk(server, maker, today)
        check_everything_was_seen(document, server.seen)
        server.stop()
    finally:
        if server.process.poll() is None:
            server.process.kill()


main()
