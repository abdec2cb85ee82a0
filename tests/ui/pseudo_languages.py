"""Languages for tests, made from the English sentences of the program and of the services: xx says everything three times, the
others say it in the letters of Arabic, Uyghur, Tibetan, Mongolian and Hindi. Nobody can read them; what is tested is their
shapes, joins and directions.

    pseudo_languages.py zh.po SERVICES FOLDER      writes FOLDER/xx.po, FOLDER/ar-XB.po and so on
"""

import json
import pathlib
import re
import sys

HEADER = """msgid ""
msgstr ""
"Language: {}\\n"
"X-Reviewed: no\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
ENGLISH = "abcdefghijklmnopqrstuvwxyz"
LETTERS = {
    "ar-XB": "ابجدهوزحطيكلمنسعفصقرشتثخذض",
    "ug-XB": "ابچدەفگھىژكلمنوپقرستۇۋۈشيز",
    "mn-XB": "ᠠᠪᠴᠳᠡᠹᠭᠬᠢᠵᠺᠯᠮᠨᠣᠫᠾᠷᠰᠲᠤᠸᠥᠱᠶᠽ",
    # Vowels after a consonant are signs that stand before, above or below it.
    "bo-XB": "ཱབཅདེཕགཁིཇཀལམནོཔཙརསཏུཐཞཤཡཆ",
    "hi-XB": "ाबचदेफगहिजकलमनोपटरसतुवथषयझ",
}


def tripled(sentence):
    return " ".join([sentence] * 3)


def spelt(language):
    letters = dict(zip(ENGLISH, LETTERS[language], strict=True))

    def words(part):
        if language == "bo-XB":  # Tibetan has no spaces: short syllables and a sign after each, where a line may end
            part = re.sub(r"(\w{4})(?=\w)", r"\1 ", part).replace(" ", "་")
            part = re.sub(r"(?<![b-df-hj-np-tv-z])([aeiou])", r"ཨ\1", part, flags=re.IGNORECASE)
        return "".join(letters.get(c.lower(), c) for c in part)

    def change(sentence):
        """Placeholders stay as they are."""
        parts = re.split(r"(\{[a-z]*\}|\\.)", sentence)
        return "".join(p if p.startswith(("{", "\\")) else words(p) for p in parts)

    return change


def joined(lines):
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', lines))


def entries(text):
    """(msgid, plural or None) of each block."""
    for block in re.split(r"\n\s*\n", text):
        found = re.search(r'^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)(?:msgid_plural ((?:"(?:[^"\\]|\\.)*"\s*)+))?', block, re.MULTILINE)
        if found and joined(found[1]):
            yield joined(found[1]), found[2] and joined(found[2])


def english_in(value):
    """Every English text of a service definition."""
    if isinstance(value, dict) and "zh" in value:
        return {value["en"]}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return set().union(*map(english_in, parts))


def catalogue(text, services, language, change):
    blocks = [HEADER.format(language)]
    blocks += [f'msgctxt "service"\nmsgid "{msgid}"\nmsgstr "{change(msgid)}"\n' for msgid in sorted(services)]
    for msgid, plural in entries(text):
        if plural:
            blocks.append(f'msgid "{msgid}"\nmsgid_plural "{plural}"\nmsgstr[0] "{change(plural)}"\n')
        else:
            blocks.append(f'msgid "{msgid}"\nmsgstr "{change(msgid)}"\n')
    return "\n".join(blocks)


def main():
    text = pathlib.Path(sys.argv[1]).read_text()
    services = set().union(*(english_in(json.loads(path.read_text())) for path in pathlib.Path(sys.argv[2]).glob("*.json")))
    folder = pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    for language, change in [("xx", tripled)] + [(language, spelt(language)) for language in LETTERS]:
        (folder / f"{language}.po").write_text(catalogue(text, services, language, change))


main()
