#!/usr/bin/env python3
"""Measures product and anchor in one run, and prints one table of the budgets.

    bench.py --build build/release [--quick] [--only TEXT]

What a resident sees is measured by x11_probe under Xvfb, the kiosk beside Chromium showing tests/bench/page.html and Qt
Quick, without a GPU, showing page.qml (and attract.html, attract.qml); the rest by the google-benchmark programs *_bench of
the build folder. All figures are left in BUILD/bench.json.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

from budgets import BUDGETS

HERE = pathlib.Path(__file__).resolve().parent
WIDTH, HEIGHT = 1080, 1920
CHROMIUM = ["chromium", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-features=Translate", "--kiosk",
            f"--window-size={WIDTH},{HEIGHT}", "--window-position=0,0"]
PAGE_PRESS = "300,560"  # inside the first tile of page.html and page.qml
PAGE_TAPS = {"language": "280,1850", "text-size": "800,1850"}
KIOSK_TAPS = {"language": "162,1706", "text-size": "412,1706"}  # on the welcome page
REST_WITHIN = 240  # seconds; the kiosk begins to call people after 180
ATTRACT = 180  # seconds: everything moves once in them
QT_QUICK = ["env", "QT_QUICK_BACKEND=software", "QSG_RENDER_LOOP=basic", "qmlscene"]
WINDOWS = ("kiosk", "chromium", "qt")
WRAPPERS = {"card_wait_usb_bench": ["umockdev-wrapper"]}  # which stands in for the kernel's USB
KIOSK = "{bin}/linli-kiosk run --config {configuration}"
NO_PLACE = f"{WIDTH - 2},{HEIGHT - 2}"  # where a press is let go without effect


def arguments():
    parser = argparse.ArgumentParser(description="product and anchor in one run, as ratios")
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the folder of preset release")
    parser.add_argument("--quick", action="store_true", help="fewer starts, presses and camera frames")
    parser.add_argument("--only", default="", help="only budgets whose name contains this")
    parser.add_argument("--kiosk", default=KIOSK, help="command of the kiosk; {bin} and {configuration} are filled in")
    parser.add_argument("--kiosk-press", default="300,1000", help="x,y inside a button of the kiosk's first screen")
    return parser.parse_args()


@contextlib.contextmanager
def virtual_screen():
    """Xvfb on a free display; its name is in DISPLAY meanwhile."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            os.environ["DISPLAY"] = ":" + pipe.readline().strip()
        yield
    finally:
        server.terminate()
        server.wait()


def run_probe(options, name, command, *arguments):
    """What x11_probe prints of one program with a window, or nothing, with a sentence, when it could not be measured."""
    log = options.build / f"bench-{name}.log"
    log.unlink(missing_ok=True)
    began = begin(name)
    run = subprocess.run([options.build / "bin" / "x11_probe", "--release", NO_PLACE, "--log", log, *map(str, arguments), "--", *command],
                         capture_output=True, text=True)
    end(began)
    if run.returncode == 0:
        return json.loads(run.stdout)
    print(f"    not measured: {run.stderr.strip()} ({log})")
    return None


def probe(options, name, command, press, taps):
    quick = options.quick
    places = [word for key, place in taps.items() for word in (f"--{key}", place)]
    raw = run_probe(options, name, command, "--press", press, "--starts", 2 if quick else 7, "--presses", 20 if quick else 100,
                    "--taps", 6 if quick else 20, *places, "--idle", 5 if quick else 30)
    if raw is None:
        return {}
    figures = {key: raw[key] for key in ("processes", "idle_cpu_percent", "idle_wake_ups_per_s", "idle_frames")}
    for key in ("first_pixel_ms", "ready_ms"):
        figures[key] = statistics.median(raw[key])
    for key in ("press", "language", "text_size"):
        times = sorted(raw[f"{key}_ms"])
        figures |= {f"{key}_p50_ms": statistics.median(times), f"{key}_p95_ms": times[int(0.95 * (len(times) - 1))]}
    return figures | {"pss_mib": raw["pss_kib"] / 1024, "pss_after_mib": raw["pss_after_kib"] / 1024}


def probe_cold(options, name, command, press):
    raw = run_probe(options, name, command, "--press", press, "--starts", 2 if options.quick else 3, "--presses", 0, "--idle", 0, "--cold")
    return {} if raw is None else {key: statistics.median(raw[key]) for key in ("first_pixel_ms", "ready_ms")}


def probe_attract(options, name, command, press, rest_within):
    raw = run_probe(options, name, command, "--press", press, "--starts", 1, "--presses", 0, "--idle", 0, "--rest-within", rest_within,
                    "--attract", ATTRACT)
    if raw is None:
        return {}
    return {"pss_mib": raw["pss_after_kib"] / 1024, **{key[8:]: raw[key] for key in raw if key.startswith("attract_")}}


def begin(name):
    print(f"  {name} … ", end="", flush=True)
    return time.monotonic()


def end(began):
    print(f"{time.monotonic() - began:.0f} s", flush=True)


def terminal_of(folder):
    """A configuration like the shipped example, with its queue in `folder` and no platform."""
    example = (HERE.parents[1] / "assets" / "kiosk.toml").read_text(encoding="utf-8")
    lines = [line for line in example.splitlines() if not line.startswith(("url =", "data ="))]
    path = pathlib.Path(folder) / "kiosk.toml"
    path.write_text("\n".join([f'data = "{folder}/queue"', *lines]), encoding="utf-8")
    return path


def probe_windows(options, folder, wanted):
    profile = f"--user-data-dir={folder}/profile"
    kiosk = shlex.split(options.kiosk.format(bin=options.build / "bin", configuration=terminal_of(folder)))
    programs = {
        "chromium": ([*CHROMIUM, profile, (HERE / "page.html").as_uri()], PAGE_PRESS, PAGE_TAPS),
        "qt": ([*QT_QUICK, str(HERE / "page.qml")], PAGE_PRESS, PAGE_TAPS),
        "kiosk": (kiosk, options.kiosk_press, KIOSK_TAPS),
    }
    attract = {
        "chromium": ([*CHROMIUM, profile, (HERE / "attract.html").as_uri()], "540,1400", 0),
        "qt": ([*QT_QUICK, str(HERE / "attract.qml")], "540,1400", 0),
        "kiosk": (kiosk, options.kiosk_press, REST_WITHIN),
    }
    measured = {}
    with virtual_screen():
        for name, (command, press, taps) in programs.items():
            if wanted(name):
                measured[name] = probe(options, name, command, press, taps)
            if name != "qt" and wanted(f"{name}_cold"):
                measured[f"{name}_cold"] = probe_cold(options, f"{name}_cold", command, press)
        for name, of_it in attract.items():
            if wanted(f"{name}_attract"):
                measured[f"{name}_attract"] = probe_attract(options, f"{name}_attract", *of_it)
    return measured


def run_benchmarks(options, folder, wanted):
    measured = {}
    surroundings = {**os.environ, "LINLI_BENCH_FOLDER": folder, **({"LINLI_BENCH_QUICK": "1"} if options.quick else {})}
    for program in sorted((options.build / "bin").glob("*_bench")):
        command = [*WRAPPERS.get(program.name, []), program]
        listed = subprocess.run([*command, "--benchmark_list_tests"], cwd=folder, env=surroundings, capture_output=True, text=True)
        names = [name for name in dict.fromkeys(line.split("/")[0] for line in listed.stdout.splitlines()) if wanted(name)]
        if not names:
            continue
        began = begin(program.name)
        output = options.build / f"{program.name}.json"
        run = subprocess.run([*command, f"--benchmark_filter=^({'|'.join(names)})(/|$)", f"--benchmark_out={output}",
                              "--benchmark_out_format=json"], cwd=folder, env=surroundings, capture_output=True, text=True)
        end(began)
        if run.returncode != 0:
            print(f"    not measured: {run.stderr.strip()}")
            continue
        for row in json.loads(output.read_text(encoding="utf-8"))["benchmarks"]:
            name = row["name"].split("/")[0]
            if row.get("error_occurred"):
                print(f"    {name}: {row['error_message']}")
            else:
                measured[name] = figures_of(row)
    return measured


def figures_of(row):
    """The numbers of one google-benchmark row; every *_us also as *_ms."""
    figures = {key: value for key, value in row.items() if isinstance(value, (int, float))}
    return figures | {key[:-3] + "_ms": value / 1000 for key, value in figures.items() if key.endswith("_us")}


def look_up(measured, name):
    group, _, figure = name.partition(".")
    return measured.get(group, {}).get(figure)


def row_of(budget, measured, quick):
    name = budget.name.replace("1 000 000", "100 000") if quick else budget.name
    product = look_up(measured, budget.product)
    anchor = look_up(measured, budget.anchor) if budget.anchor else None
    if product is None or (budget.anchor and not anchor):
        return [name, "", "", "", f"{budget.must:g}", f"{budget.aim:g}", "NOT MEASURED"]
    value = round(product / anchor if budget.anchor else product, 2)
    verdict = "aim" if value <= budget.aim else "must" if value <= budget.must else "MISSED"
    unit = f" {budget.unit}" if budget.unit else ""
    times = " ×" if budget.anchor else ""
    return [name, f"{product:.3g}{unit}", f"{anchor:.3g}{unit}" if anchor else "", f"{value:.2f}{times}",
            f"{budget.must:g}{times}", f"{budget.aim:g}{times}", verdict]


def print_table(rows):
    rows = [["budget", "product", "anchor", "result", "must", "aim", "reached"], *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())


def main():
    options = arguments()
    options.build = options.build.resolve()
    budgets = [budget for budget in BUDGETS if options.only in budget.name]
    if options.quick:
        budgets = [budget for budget in budgets if not budget.slow]
    if not budgets:
        sys.exit(f"No budget's name contains {options.only}.")
    names = {name.split(".")[0] for budget in budgets for name in (budget.product, budget.anchor) if name}

    def wanted(name):
        """A whole run measures everything, also what no row is made of."""
        return name in names or not (options.quick or options.only)

    measured = {}
    print("Measuring, on a machine that should be quiet:")
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.build) as folder:
        os.chmod(folder, 0o711)  # a server beside us may run as somebody else
        if any(name.startswith(WINDOWS) for name in names):
            measured |= probe_windows(options, folder, wanted)
        if any(not name.startswith(WINDOWS) for name in names):
            measured |= run_benchmarks(options, folder, wanted)
    (options.build / "bench.json").write_text(json.dumps(measured, indent=1), encoding="utf-8")
    print()
    rows = [row_of(budget, measured, options.quick) for budget in budgets]
    print_table(rows)
    print(f"\nAll figures are in {options.build / 'bench.json'}.")
    if options.quick:
        print("Left out by --quick: " + ", ".join(budget.name for budget in BUDGETS if budget.slow) + ".")
    sys.exit(0 if all(row[-1] in ("aim", "must") for row in rows) else 1)


if __name__ == "__main__":
    main()
