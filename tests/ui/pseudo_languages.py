"""Languages for tests, made from the English sentences: xx says everything three times, ar-XB says it in Arabic letters.

    pseudo_languages.py zh.po FOLDER      writes FOLDER/xx.po and FOLDER/ar-XB.po
"""

import pathlib
import re
import sys

HEADER = """msgid ""
msgstr ""
"Language: {}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابجدهوزحطيكلمنسعفصقرشتثخذض"))


def tripled(sentence):
    return " ".join([sentence] * 3)


def mirrored(sentence):
    """Placeholders stay as they are."""
    parts = re.split(r"(\{[a-z]*\}|\\.)", sentence)
    return "".join(p if p.startswith(("{", "\\")) else "".join(LETTERS.get(c.lower(), c) for c in p) for p in parts)


def joined(lines):
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', lines))


def entries(text):
    """(msgid, plural or None) of each block."""
    for block in re.split(r"\n\s*\n", text):
        found = re.search(r'^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)(?:msgid_plural ((?:"(?:[^"\\]|\\.)*"\s*)+))?', block, re.MULTILINE)
        if found and joined(found[1]):
            yield joined(found[1]), found[2] and joined(found[2])


def catalogue(text, language, change):
    blocks = [HEADER.format(language)]
    for msgid, plural in entries(text):
        if plural:
            blocks.append(f'msgid "{msgid}"\nmsgid_plural "{plural}"\nmsgstr[0] "{change(plural)}"\n')
        else:
            blocks.append(f'msgid "{msgid}"\nmsgstr "{change(msgid)}"\n')
    return "\n".join(blocks)


def main():
    text = pathlib.Path(sys.argv[1]).read_text()
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for language, change in (("xx", tripled), ("ar-XB", mirrored)):
        (folder / f"{language}.po").write_text(catalogue(text, language, change))


main()
