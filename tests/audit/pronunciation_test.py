"""What the voice says for every sentence of the program and of the shipped services, against what somebody has read and agreed to.

tests/audit/pronunciation/LANGUAGE.txt has a line "sentence TAB IPA" for each. `pronunciation_test.py --update` writes them
anew; the difference is then read like any other change.
"""

import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import translations_test as catalogue  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests/audit/pronunciation"
VOICES = {"zh": "cmn-latn-pinyin", "en": "en-gb"}
MARKERS = {"zh": "嗡嗡嗡嗡嗡嗡", "en": "Zyzzyva."}
MOST_UNREAD = 0.2  # new sentences may wait for a reader, but not pile up
STAFF_ONLY = re.compile(r"udev|pcscd|polkit")
PLACE = re.compile(r"\{[^{}]*\}")


def lexicon():
    lines = (ROOT / "assets/speech/chinese.lexicon").read_text().splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def with_lexicon(text, words):
    longest, said, at = max(map(len, words)), "", 0
    while at < len(text):
        size = next((n for n in range(longest, 0, -1) if text[at : at + n] in words), 0)
        said += words[text[at : at + size]] if size else text[at]
        at += size or 1
    return said


def sentences(language):
    if language == "en":
        found = [text for msgid, plural in catalogue.program_msgids().items() for text in (msgid, plural) if text]
    else:
        entries = catalogue.read_po((ROOT / f"assets/translations/{language}.po").read_text())
        found = [text for msgid, (_, strings, _) in entries.items() if msgid for text in strings]
    found += [text[language] for texts in catalogue.shipped_services().values() for text in texts]
    return sorted({PLACE.sub("3", text).replace("\n", " ") for text in found if text and not STAFF_ONLY.search(text)})


def ipa_lines(text, voice):
    run = subprocess.run(
        ["espeak-ng", "-v", voice, "-q", "--ipa", "--stdin"], input=text, capture_output=True, text=True, check=True
    )
    return [line.strip() for line in run.stdout.splitlines() if line.strip()]


def pronounced(language):
    """[(sentence, IPA)], all in one run of the voice program, with a word between them that no sentence has."""
    texts = sentences(language)
    words = lexicon()
    spoken = [with_lexicon(text, words) if language == "zh" else text for text in texts]
    marker = MARKERS[language]
    marked = ipa_lines(marker, VOICES[language])
    assert len(marked) == 1
    parts = [[]]
    for line in ipa_lines("".join(f"{said}\n\n{marker}\n\n" for said in spoken), VOICES[language]):
        if line == marked[0]:
            parts.append([])
        else:
            parts[-1].append(line)
    assert len(parts) == len(texts) + 1, (len(parts), len(texts))
    return [(text, " | ".join(part)) for text, part in zip(texts, parts)]


def page(language):
    return "".join(f"{text}\t{ipa}\n" for text, ipa in pronounced(language))


class TheVoice(unittest.TestCase):
    maxDiff = None

    def test_knows_the_polyphones(self):
        words = lexicon()
        for word in ("银行", "重庆", "长者", "长期", "会长", "还钱", "差额", "角色", "行长"):
            self.assertIn(word, words)

    def test_says_every_sentence_as_it_was_agreed(self):
        for language in VOICES:
            golden = GOLDEN / f"{language}.txt"
            with self.subTest(language):
                agreed = dict(line.split("\t") for line in golden.read_text().splitlines())
                now = {text: ipa for text, ipa in pronounced(language)}
                differing = {t: (ipa, agreed[t]) for t, ipa in now.items() if t in agreed and agreed[t] != ipa}
                self.assertEqual({}, differing)
                unread = [text for text in now if text not in agreed]
                print(f"{language}: {len(unread)} of {len(now)} sentences not yet agreed; --update, then read the difference")
                self.assertLess(len(unread), MOST_UNREAD * len(now))


if __name__ == "__main__":
    if "--update" in sys.argv:
        GOLDEN.mkdir(exist_ok=True)
        for language in VOICES:
            (GOLDEN / f"{language}.txt").write_text(page(language))
    else:
        unittest.main()
