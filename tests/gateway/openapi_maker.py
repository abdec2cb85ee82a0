"""A terminal that knows docs/api/openapi.yaml alone: makes envelopes and parts, and signs them."""
import base64
import ctypes
import hashlib
import json
import os

sodium = ctypes.CDLL("libsodium.so.23")
sodium.sodium_init()


def digest_field(data):
    return "sha-256=:" + base64.b64encode(hashlib.sha256(data).digest()).decode() + ":"


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


class Terminal:
    """A terminal's Ed25519 key pair."""
    def __init__(self):
        self.public = ctypes.create_string_buffer(32)
        self.secret = ctypes.create_string_buffer(64)
        sodium.crypto_sign_keypair(self.public, self.secret)
        self.id = hashlib.sha256(self.public.raw).hexdigest()[:16]
        self.line = "ed25519 " + self.public.raw.hex() + "\n"

    def sign(self, text):
        signature = ctypes.create_string_buffer(64)
        sodium.crypto_sign_detached(signature, None, text, ctypes.c_ulonglong(len(text)), self.secret)
        return base64.b64encode(signature.raw).decode()


TERMINAL = Terminal()


class Maker:
    def __init__(self, document, public_key, number):
        self.public_key = public_key
        self.id = f"019365a0-0000-7000-8000-{number:012x}"
        content = document.root["components"]["schemas"]["Content"]["examples"][0]
        self.application = json.loads(json.dumps(content["application"]))
        self.header = dict(content["header"], id=self.id, kid=hashlib.sha256(public_key).hexdigest()[:16],
                           device=TERMINAL.id)
        self.inner = self.header
        self.parts = []

    def plaintext(self):
        content = {"application": self.application, "header": self.inner, "salt": os.urandom(16).hex()}
        if self.parts:
            content["parts"] = self.parts
        return canonical(content)

    def seal(self, plaintext):
        sealed = ctypes.create_string_buffer(len(plaintext) + 48)
        sodium.crypto_box_seal(sealed, plaintext, ctypes.c_ulonglong(len(plaintext)), self.public_key)
        return sealed.raw

    def make(self):
        plaintext = self.plaintext()
        self.plaintext_digest = digest_field(plaintext)
        return self.signed(base64.b64encode(self.seal(plaintext)).decode())

    def part(self, number=1, inner=None, sealed=None, signer=None, **changed):
        header = {"application": self.id, "part": number, "version": 1,
                  **{name: self.header[name] for name in ("device", "kid", "suite", "terminal")}, **changed}
        content = {"field": "bill", "header": inner or header, "media_type": "image/jpeg"}
        sealed = sealed or self.seal(canonical(content) + b"\nnot really a picture")
        text = b"linli-part-v1\n" + canonical(header) + b"\n" + hashlib.sha256(sealed).hexdigest().encode() + b"\n"
        return b"linli-part 1\n" + canonical(header) + b"\n" + (signer or TERMINAL).sign(text).encode() + b"\n" + sealed

    def name(self, part):
        return {"bytes": len(part), "field": "bill", "media_type": "image/jpeg", "sha256": hashlib.sha256(part).hexdigest()}

    def signed(self, sealed):
        text = b"linli-envelope-v2\n" + canonical(self.header) + b"\n" + sealed.encode() + b"\n"
        return canonical({"header": self.header, "sealed": sealed, "signature": TERMINAL.sign(text)})
