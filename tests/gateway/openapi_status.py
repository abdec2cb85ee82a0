"""The part of openapi_test.py about POST /v1/status-queries: questions of residents, and the command that sets a state."""
import base64
import http.client
import json
import sqlite3
import subprocess

from openapi_document import fail

STATUS = "/v1/status-queries"


def exercise_status(server, maker, program, message, faulty_messages):
    schemas = server.document.root["components"]["schemas"]

    def question(**query):
        made = maker(500)
        made.application = {"status_query": query}
        return made

    def ask(made, expected, code=None, body=None):
        return message(server, "POST", STATUS, expected, body or made.make(), code)

    mine = maker(1).application["applicant"]["id_number"]
    server.document.validator(schemas["StatusQuestion"]).validate(question(id_number=mine).application)
    _, data = ask(question(id_number=mine), 200)
    told = next((each for each in json.loads(data)["applications"] if each["application"] == maker(1).id), {})
    if told.get("state") != "received":
        fail("the application is not told: " + str(told))
    subprocess.run([program, "state", "--data", server.data, "--number", told["number"], "--set", "in_progress"], check=True,
                   capture_output=True)
    _, data = ask(question(application=maker(1).id, id_number=mine), 200)
    if json.loads(data)["applications"][0]["state"] != "in_progress":
        fail("the office's state is not told")
    ask(question(application=maker(1).id), 404, "not-found")
    ask(question(), 422, "application-invalid")
    faulty_messages(server, "POST", STATUS, question(id_number=mine).make())
    changed = question(id_number=mine)
    changed.header["kid"] = "0" * 16
    ask(changed, 422, "unknown-key")
    ask(changed, 422, "seal-broken", question().signed(base64.b64encode(b"x" * 100).decode()))
    envelope = json.loads(question(id_number=mine).make())
    envelope["sealed"] = json.loads(question().make())["sealed"]
    ask(changed, 422, "signature-broken", json.dumps(envelope, sort_keys=True, separators=(",", ":")).encode())
    changed = question(id_number=mine)
    changed.header["device"] = "0" * 16
    ask(changed, 403, "unknown-device")
    changed = question(id_number=mine)
    changed.inner = dict(changed.header, terminal="HP-04")
    ask(changed, 422, "header-mismatch")
    database = sqlite3.connect(server.data / "progress.sqlite")
    database.execute("ALTER TABLE application RENAME TO gone")
    database.commit()
    ask(question(id_number=mine), 503, "busy")
    database.execute("ALTER TABLE gone RENAME TO application")
    database.commit()
    database.close()
    for _ in range(20):
        answer = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        answer.request("POST", STATUS, question(id_number=mine).make(), {"Content-Type": "application/json"})
        if answer.getresponse().status == 429:
            break
    ask(question(id_number=mine), 429, "too-many-queries")
