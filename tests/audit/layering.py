#!/usr/bin/env python3
"""Which source may include what: the arrows between the folders, and which library each folder may name.

    layering.py [ROOT]      prints one line per violation; exit code 1 when there is one
"""

import pathlib
import re
import sys

PRODUCT = ["base", "typeset", "hal", "offline_cache", "kiosk", "ui", "gateway"]

# Folders that a layer may include beside itself; "hal/*.h" means headers directly in it: interfaces and values.
ARROWS = {
    "base": [],
    "typeset": ["base"],
    "hal": ["typeset", "base"],
    "offline_cache": ["base"],
    "kiosk": ["hal/*.h", "offline_cache/*.h", "base"],
    "ui": ["kiosk", "typeset", "base"],
    "kiosk/app": ["kiosk", "ui", "hal", "offline_cache", "typeset", "base"],
    "gateway": ["base"],
}

VOCABULARY = ["fmt/", "tl/expected.hpp"]
POSIX = ["sys/", "netinet/", "arpa/", "linux/", "unistd.h", "fcntl.h", "poll.h", "signal.h", "spawn.h", "termios.h",
         "netdb.h", "dirent.h", "grp.h", "pwd.h", "pthread.h", "sched.h", "ifaddrs.h", "dlfcn.h", "malloc.h"]

# Library headers of a folder (or file, without its ending) beside the standard library and the vocabulary; the deepest
# that is named decides.
LIBRARIES = {
    "base": ["spdlog/", *POSIX],
    "typeset": ["pango/", "cairo", "glib", "fontconfig/", "ZXing/", "ft2build.h", "freetype/", "hb"],
    "hal/frame_decoder": ["ZXing/", *POSIX],
    "hal/frame_decoder/program": ["seccomp.h", *POSIX],
    "hal": ["iconv.h", "nlohmann/", "libusb-1.0/", "libudev.h", "winscard.h", "PCSC/", *POSIX],
    "offline_cache": ["sqlite3.h", "curl/", "sodium.h", "openssl/", "nlohmann/", *POSIX],
    "kiosk": ["nlohmann/", "valijson/", "toml++/", "boost/locale", "unicode/uloc.h"],
    "kiosk/photo_jpeg": ["jpeglib.h"],
    "kiosk/app": ["CLI/", "SDL2/", "SDL.h", "nlohmann/", "toml++/", "sodium.h", "systemd/", *POSIX],
    "ui": [],
    "ui/kit": ["imgui.h", "imgui_internal.h", "nlohmann/"],
    "ui/window": ["SDL2/", "SDL.h", "SDL_syswm.h"],
    "ui/dock": ["SDL2/", "SDL.h"],
    "ui/speech": ["SDL2/", "SDL.h", *POSIX],
    "ui/input": ["zinnia.h", "googlepinyin/", "iconv.h"],
    "gateway": ["microhttpd.h", "gnutls/", "openssl/", "sqlite3.h", "libpq-fe.h", "sodium.h", "nlohmann/", "CLI/", *POSIX],
}

QUOTED = re.compile(r'^\s*#\s*include\s*"([^"]*)"')
ANGLED = re.compile(r"^\s*#\s*include\s*<([^>]*)>")
STANDARD = re.compile(r"^[a-z_]+$")


def layer_of(path):
    """The key of ARROWS that a file below the root belongs to."""
    return "kiosk/app" if path.parts[:2] == ("kiosk", "app") else path.parts[0]


def allowed_libraries(path):
    place = path.with_suffix("")
    for key in [place, *place.parents]:
        if str(key) in LIBRARIES:
            return LIBRARIES[str(key)]
    return []


def complaint_about_project_header(root, path, target):
    if target.startswith(("/", ".")) or "/../" in target:
        return "is not written from the root"
    if not (root / target).is_file():
        return "is no file of the tree (project includes are written from the root, libraries in <>)"
    header = pathlib.PurePath(target)
    if header.parts[0] == "tests":
        return "is test code"
    mine, its = layer_of(path), layer_of(header)
    if mine == its:
        return None
    for arrow in ARROWS[mine]:
        if arrow == its and its != "kiosk/app":
            return None
        if arrow == f"{its}/*.h" and len(header.parts) == 2:
            return None
    if f"{its}/*.h" in ARROWS[mine]:
        return f"is an implementation; {mine}/ sees only what lies directly in {its}/"
    return f"is against the arrows: {mine}/ does not know {its}/"


def complaint_about_library_header(path, target):
    if STANDARD.match(target) or target.startswith(tuple(VOCABULARY)):
        return None
    if target.startswith(tuple(allowed_libraries(path))):
        return None
    return f"is a library that {path.parent}/ may not name (tests/audit/layering.py lists them)"


def violations_in(root, path):
    found = []
    for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
        if quoted := QUOTED.match(line):
            target, complaint = quoted[1], complaint_about_project_header(root, path, quoted[1])
        elif angled := ANGLED.match(line):
            target, complaint = angled[1], complaint_about_library_header(path, angled[1])
        else:
            continue
        if complaint:
            found.append(f"{path}:{number}: {target} {complaint}")
    return found


def sources(root):
    for folder in PRODUCT:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield path.relative_to(root)


def violations(root):
    return [line for path in sources(root) for line in violations_in(root, path)]


if __name__ == "__main__":
    lines = violations(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(lines))
    sys.exit(1 if lines else 0)
