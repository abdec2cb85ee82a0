"""Every sentence the program or a shipped service can say has a Chinese translation, and no translation breaks one.

Looks for text("…"), word("…"), words("…"), say("…"), plural("…", "…"), tr("…") and _t("…") in the sources, and for the sentences of base/failure.cpp;
reads assets/services/*.json and assets/translations/*.po. `--missing zh-Hant` prints the entries that zh-Hant.po lacks, `--template`
an empty file for a new language.
"""

import json
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "assets/translations"
SERVICES = ROOT / "assets/services"
COMPLETE = ("zh", "zh-Hant")
MOST_HANZI = 25  # between punctuation marks, for a text that is read aloud

LITERAL = r'(?:"(?:[^"\\\n]|\\.)*"\s*)+'
TEXT_CALL = re.compile(r"(?<![\w])(?:text|tr|_t|words?|say)\(\s*(" + LITERAL + r")")
PLURAL_CALL = re.compile(r"(?<![\w])plural\(\s*(" + LITERAL + r"),\s*(" + LITERAL + r")")
CHOICE_CALL = re.compile(r"(?<![\w])(?:text|tr|_t)\([^()\"]*\?\s*(" + LITERAL + r"):\s*(" + LITERAL + r")")
FAILURE = re.compile(r"FailureEntry\{[^\"]*\"[A-Z]+-\d+\",\s*\w+,\s*(" + LITERAL + r"),\s*(" + LITERAL + r")\}")


def joined(literals):
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', literals)
    return re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), "".join(parts))


def without_comments(source):
    return re.sub(r"^\s*//.*$", "", source, flags=re.MULTILINE)


def msgids_in(source):
    """{msgid: plural msgid or None}"""
    source = without_comments(source)
    found = {joined(m[1]): None for m in TEXT_CALL.finditer(source)}
    for m in CHOICE_CALL.finditer(source):
        found.update({joined(m[1]): None, joined(m[2]): None})
    found.update({joined(m[1]): joined(m[2]) for m in PLURAL_CALL.finditer(source)})
    return found


def program_msgids():
    found = {}
    for folder in ("kiosk", "ui"):
        for path in sorted((ROOT / folder).rglob("*.cpp")) + sorted((ROOT / folder).rglob("*.h")):
            for msgid, plural in msgids_in(path.read_text()).items():
                found.setdefault(msgid, plural)
    for m in FAILURE.finditer((ROOT / "base/failure.cpp").read_text()):
        found.update({joined(m[1]): None, joined(m[2]): None})
    found.pop("", None)
    return found


def blocks_of(text):
    """(context or None, msgid, plural msgid or None, [msgstr…], fuzzy) of each entry"""
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if line.strip()]
        fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in lines)
        fields, key = {}, None
        for line in lines:
            if line.startswith("#"):
                continue
            if m := re.match(r'(msg\w+(?:\[\d+\])?)\s+(".*")$', line):
                key = m[1]
                fields[key] = m[2]
            elif key and line.startswith('"'):
                fields[key] += line
        if "msgid" in fields:
            strings = [joined(value) for name, value in sorted(fields.items()) if name.startswith("msgstr")]
            context, plural = (joined(fields[name]) if name in fields else None for name in ("msgctxt", "msgid_plural"))
            yield context, joined(fields["msgid"]), plural, strings, fuzzy


def read_po(text):
    """The program's own words: {msgid: (plural msgid or None, [msgstr…], fuzzy)}"""
    return {msgid: rest for context, msgid, *rest in blocks_of(text) if context is None}


def read_service_po(text):
    """What services say: {(context, msgid): msgstr, empty when fuzzy}"""
    return {(context, msgid): "" if fuzzy else strings[0]
            for context, msgid, _, strings, fuzzy in blocks_of(text) if context is not None}


def texts_in(value):
    """Every text of a service definition, an object of languages."""
    if isinstance(value, dict) and "zh" in value:
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in texts_in(part)]


def shipped_services():
    """{id: [text…]}"""
    return {path.stem: texts_in(json.loads(path.read_text())) for path in sorted(SERVICES.glob("*.json"))}


def meanings(services):
    """{English text: {what it says in Chinese: {service…}}}"""
    found = {}
    for service, texts in services.items():
        for text in texts:
            found.setdefault(text["en"], {}).setdefault(text["zh"], set()).add(service)
    return found


def contexts_of(services, language):
    """{(context, English text)} that the .po of a language has to translate, because the services do not say it themselves"""
    clear = {english for english, by_chinese in meanings(services).items() if len(by_chinese) == 1}
    return {("service" if text["en"] in clear else f"service:{service}", text["en"])
            for service, texts in services.items() for text in texts if language not in text}


def ambiguous(services):
    """English texts that mean two things inside one service, which no context tells apart"""
    return sorted(f"{service}: {english}" for english, by_chinese in meanings(services).items() for service in services
                  if sum(service in ids for ids in by_chinese.values()) > 1)


def service_faults(services, language, entries, complete):
    found = []
    if complete:
        lacking = {wanted for wanted in contexts_of(services, language) if not entries.get(wanted)}
        found += [f"not translated: {context}: {english}" for context, english in sorted(lacking)]
    for (context, english), string in entries.items():
        service = context.removeprefix("service").removeprefix(":")
        if not any(text["en"] == english for each in ([service] if service else services) for text in services.get(each, [])):
            found.append(f"said by no service: {context}: {english}")
        if string and placeholders(string) != placeholders(english):
            found.append(f"other placeholders than in the service: {english}")
        found += [f"longer than {MOST_HANZI} hanzi without a pause: {part}" for part in too_long(string) if complete]
    return found


def placeholders(text):
    return sorted(set(re.findall(r"\{[^{}]*\}", text)))


def too_long(text):
    parts = re.split(r"[，。！？；：、,.!?;:\s（）()“”]+", text)
    return [part for part in parts if len(re.findall(r"[\u3400-\u9fff]", part)) > MOST_HANZI]


def faults(msgids, entries, complete):
    """What is wrong, one line each. `complete`: every msgid must be there."""
    found = []
    for msgid, plural in msgids.items():
        if msgid not in entries:
            if complete:
                found.append(f"missing: {msgid}")
            continue
        has_plural, strings, fuzzy = entries[msgid]
        if complete and (fuzzy or not all(strings)):
            found.append(f"not translated: {msgid}")
        if plural is not None and has_plural != plural:
            found.append(f"other plural than in the program: {msgid}")
    for msgid, (plural, strings, _) in entries.items():
        for string in strings if msgid else []:
            if string and placeholders(string) != placeholders(plural or msgid):
                found.append(f"other placeholders than in the program: {msgid}")
            if complete:
                found += [f"longer than {MOST_HANZI} hanzi without a pause: {part}" for part in too_long(string)]
    return found


class TheTranslations(unittest.TestCase):
    def test_there_is_something_to_translate(self):
        self.assertGreater(len(program_msgids()), 60)
        self.assertIn("The printer cover is open. Your application is safe.", program_msgids())

    def test_are_right_as_far_as_they_go_and_complete_in_chinese(self):
        for path in sorted(TRANSLATIONS.glob("*.po")):
            with self.subTest(path.name):
                self.assertEqual([], faults(program_msgids(), read_po(path.read_text()), complete=path.stem in COMPLETE))

    def test_hold_what_the_services_say(self):
        self.assertGreater(len(contexts_of(shipped_services(), "ug")), 200)
        for path in sorted(TRANSLATIONS.glob("*.po")):
            with self.subTest(path.name):
                entries = read_service_po(path.read_text())
                self.assertEqual([], service_faults(shipped_services(), path.stem, entries, path.stem in COMPLETE))

    def test_can_tell_the_texts_of_a_service_apart(self):
        self.assertEqual([], ambiguous(shipped_services()))


class TheCheckItself(unittest.TestCase):
    PO = 'msgid ""\nmsgstr "h"\n\nmsgid "Wait {n} s"\nmsgstr "等 {n} 秒"\n\nmsgid "Go on"\nmsgstr "继续"\n'

    def test_finds_calls_over_several_lines_and_both_sides_of_a_choice(self):
        source = 'text("Go "\n   "on", x) plural("{n} a", "{n} as", n) tr(last ? "End" : "Next") text.text("More")\n// text("no")\n'
        self.assertEqual({"Go on": None, "{n} a": "{n} as", "End": None, "Next": None, "More": None}, msgids_in(source))

    def test_accepts_what_is_right(self):
        self.assertEqual([], faults({"Go on": None, "Wait {n} s": None}, read_po(self.PO), True))

    def test_reports_a_missing_sentence(self):
        self.assertEqual(["missing: Back"], faults({"Back": None}, read_po(self.PO), True))

    def test_reports_an_empty_and_a_fuzzy_translation(self):
        po = self.PO.replace('"继续"', '""') + '\n#, fuzzy\nmsgid "Back"\nmsgstr "返回"\n'
        self.assertEqual(["not translated: Go on", "not translated: Back"], faults({"Go on": None, "Back": None}, read_po(po), True))

    def test_reports_a_wrong_placeholder(self):
        po = read_po(self.PO.replace("等 {n} 秒", "等 {m} 秒"))
        self.assertEqual(["other placeholders than in the program: Wait {n} s"], faults({}, po, True))

    def test_reports_another_plural(self):
        po = read_po('msgid "{n} a"\nmsgid_plural "{n} as"\nmsgstr[0] "{n} 个"\n')
        self.assertEqual([], faults({"{n} a": "{n} as"}, po, True))
        self.assertEqual(["other plural than in the program: {n} a"], faults({"{n} a": "{n} more"}, po, True))

    def test_reports_a_sentence_without_a_pause(self):
        self.assertEqual([], too_long("一" * 25 + "，" + "一" * 25))
        self.assertEqual(["一" * 26], too_long("一" * 26))


class TheCheckOfServices(unittest.TestCase):
    YES = {"zh": "很急", "en": "Yes"}
    SERVICES = {"a": [YES, {"zh": "电话", "en": "Telephone"}], "b": [{"zh": "在领", "en": "Yes"}]}
    PO = 'msgctxt "{}"\nmsgid "{}"\nmsgstr "{}"\n\n'

    def faults(self, *entries):
        po = "".join(self.PO.format(*entry) for entry in entries)
        return service_faults(self.SERVICES, "zh-Hant", read_service_po(po), complete=True)

    def test_accepts_what_is_right(self):
        self.assertEqual([], self.faults(("service:a", "Yes", "很急"), ("service:b", "Yes", "在領"), ("service", "Telephone", "電話")))

    def test_wants_the_service_named_where_a_word_means_two_things(self):
        self.assertEqual(["not translated: service:b: Yes"],
                         self.faults(("service:a", "Yes", "很急"), ("service", "Yes", "是"), ("service", "Telephone", "電話")))

    def test_takes_what_the_service_says_itself(self):
        own = {"a": [{**text, "zh-Hant": "…"} for text in self.SERVICES["a"]]}
        self.assertEqual([], service_faults(own, "zh-Hant", {}, complete=True))

    def test_reports_what_no_service_says_and_a_wrong_placeholder(self):
        found = service_faults(self.SERVICES, "ug", read_service_po(self.PO.format("service", "Fax", "…") +
                                                                  self.PO.format("service", "Telephone", "{n}")), False)
        self.assertEqual(["said by no service: service: Fax", "other placeholders than in the service: Telephone"], found)

    def test_reports_two_meanings_in_one_service(self):
        self.assertEqual(["a: Yes"], ambiguous({"a": [self.YES, {"zh": "在领", "en": "Yes"}]}))


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def empty_entries(msgids):
    for msgid, plural in msgids.items():
        print("\nmsgid " + quoted(msgid))
        print(f"msgid_plural {quoted(plural)}\nmsgstr[0] \"\"\nmsgstr[1] \"\"" if plural else 'msgstr ""')


def empty_service_entries(contexts):
    for context, english in sorted(contexts):
        print(f"\nmsgctxt {quoted(context)}\nmsgid {quoted(english)}\nmsgstr \"\"")


HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: linli\n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\n"
"Last-Translator: NAME <EMAIL>\n"
"Language-Team: LANGUAGE\n"
"Language: TAG\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""

if __name__ == "__main__":
    if "--missing" in sys.argv:
        language = sys.argv[sys.argv.index("--missing") + 1]
        known = (TRANSLATIONS / f"{language}.po").read_text()
        empty_entries({msgid: plural for msgid, plural in program_msgids().items() if msgid not in read_po(known)})
        empty_service_entries(contexts_of(shipped_services(), language) - read_service_po(known).keys())
    elif "--template" in sys.argv:
        print(HEADER.rstrip())
        empty_entries(program_msgids())
        empty_service_entries(contexts_of(shipped_services(), "TAG"))
    else:
        unittest.main()
