"""docs/api/openapi.yaml as the tests need it: references resolved, schemas and examples checked."""
import json
import pathlib
import re
import sys

import jsonschema
import yaml


def fail(text):
    sys.exit("FAILED: " + text)


# --- the document

class Document:
    def __init__(self, path):
        self.root = yaml.safe_load(pathlib.Path(path).read_text(encoding="utf-8"))
        self.paths = self.root["paths"]

    def resolve(self, node):
        """A node with its reference, if it is one, replaced; members beside $ref stay."""
        if not isinstance(node, dict) or "$ref" not in node:
            return node
        target = self.root
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return {**self.resolve(target), **{k: v for k, v in node.items() if k != "$ref"}}

    def validator(self, schema):
        resolver = jsonschema.RefResolver("", self.root)
        return jsonschema.Draft202012Validator(schema, resolver=resolver)

    def operations(self):
        for path, item in self.paths.items():
            for method in ("get", "put", "head", "post", "delete", "patch", "options", "trace"):
                if method in item:
                    yield path, method.upper(), item[method]

    def responses(self):
        """(path, method, status, response); method '*' stands for every other method."""
        for path, method, operation in self.operations():
            for status, response in operation["responses"].items():
                yield path, method, int(status), self.resolve(response)
        for path, item in self.paths.items():
            yield path, "*", 405, self.resolve(item["x-other-methods"])

    def check(self):
        if not re.fullmatch(r"3\.1\.\d+", self.root["openapi"]):
            fail("not OpenAPI 3.1")
        for name in ("title", "version"):
            if not self.root["info"].get(name):
                fail("info has no " + name)
        self.check_references(self.root)
        for name, schema in self.root["components"]["schemas"].items():
            jsonschema.Draft202012Validator.check_schema(schema)
            for example in schema.get("examples", []):
                self.validator(schema).validate(example)
        ids = [operation["operationId"] for _, _, operation in self.operations()]
        if len(ids) != len(set(ids)):
            fail("an operationId occurs twice")
        for path, method, operation in self.operations():
            for name in re.findall(r"{(\w+)}", path):
                known = [self.resolve(p)["name"] for p in self.paths[path].get("parameters", [])]
                if name not in known:
                    fail(f"{path}: no parameter {name}")
            if not operation.get("responses"):
                fail(f"{method} {path}: no responses")
            self.check_examples(operation.get("requestBody", {}))
        for path, method, status, response in self.responses():
            if not response.get("description"):
                fail(f"{method} {path} {status}: no description")
            self.check_examples(response)

    def check_references(self, node):
        if isinstance(node, dict):
            try:
                self.resolve(node)
            except (KeyError, TypeError):
                fail("a reference leads nowhere: " + node["$ref"])
            node = list(node.values())
        if isinstance(node, list):
            for item in node:
                self.check_references(item)

    def check_examples(self, message):
        for media in message.get("content", {}).values():
            if not media.get("examples"):
                fail("a body has no example")
            for name, example in media["examples"].items():
                self.validator(media["schema"]).validate(example["value"])
                if isinstance(example["value"], dict) and example["value"].get("code", name) != name:
                    fail("an example is not named by its code: " + name)
