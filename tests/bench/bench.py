#!/usr/bin/env python3
"""Measures product and anchor in one run, and prints one table of the budgets.

    bench.py --build build/release [--quick] [--only TEXT]

What a resident sees is measured by x11_probe under Xvfb, the kiosk beside Chromium showing tests/bench/page.html and Qt
Quick, without a GPU, showing page.qml; the rest by the google-benchmark programs *_bench of the build folder. All figures
are left in BUILD/bench.json.
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

from budgets import BUDGETS

HERE = pathlib.Path(__file__).resolve().parent
WIDTH, HEIGHT = 1080, 1920
CHROMIUM = ["chromium", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-features=Translate", "--kiosk",
            f"--window-size={WIDTH},{HEIGHT}", "--window-position=0,0"]
PAGE_PRESS = "300,560"  # inside the first tile of page.html and page.qml
QT_QUICK = ["env", "QT_QUICK_BACKEND=software", "QSG_RENDER_LOOP=basic", "qmlscene"]
WINDOWS = ("kiosk", "chromium", "qt")
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


def probe(options, name, command, press, cold=False):
    """Figures of one program with a window, or {} with a sentence when it could not be measured."""
    starts = 2 if options.quick else (3 if cold else 7)
    presses = 0 if cold else (20 if options.quick else 100)
    idle = 0 if cold else (5 if options.quick else 30)
    log = options.build / f"bench-{name}.log"
    log.unlink(missing_ok=True)
    print(f"  {name}", flush=True)
    run = subprocess.run([options.build / "bin" / "x11_probe", "--press", press, "--release", NO_PLACE, "--starts", str(starts),
                          "--presses", str(presses), "--idle", str(idle), "--log", log, *(["--cold"] if cold else []), "--", *command],
                         capture_output=True, text=True)
    if run.returncode != 0:
        print(f"    not measured: {run.stderr.strip()} ({log})")
        return {}
    raw = json.loads(run.stdout)
    figures = {"first_pixel_ms": statistics.median(raw["first_pixel_ms"]), "ready_ms": statistics.median(raw["ready_ms"])}
    if not cold:
        presses = sorted(raw["press_ms"])
        figures |= {key: raw[key] for key in ("processes", "idle_cpu_percent", "wake_ups_per_s", "idle_frames")}
        figures |= {"pss_mib": raw["pss_kib"] / 1024, "press_p50_ms": statistics.median(presses),
                    "press_p95_ms": presses[int(0.95 * (len(presses) - 1))]}
    return figures


def terminal_of(folder):
    """A configuration like the shipped example, with its queue in `folder` and no platform."""
    example = (HERE.parents[1] / "assets" / "kiosk.toml").read_text(encoding="utf-8")
    lines = [line for line in example.splitlines() if not line.startswith(("url =", "data ="))]
    path = pathlib.Path(folder) / "kiosk.toml"
    path.write_text("\n".join([f'data = "{folder}/queue"', *lines]), encoding="utf-8")
    return path


def probe_both(options, folder, names):
    programs = {
        "chromium": ([*CHROMIUM, f"--user-data-dir={folder}/profile", (HERE / "page.html").as_uri()], PAGE_PRESS),
        "qt": ([*QT_QUICK, str(HERE / "page.qml")], PAGE_PRESS),
        "kiosk": (shlex.split(options.kiosk.format(bin=options.build / "bin", configuration=terminal_of(folder))), options.kiosk_press),
    }
    measured = {}
    with virtual_screen():
        for name, (command, press) in programs.items():
            measured[name] = probe(options, name, command, press)
        for name in ("chromium", "kiosk") if "kiosk_cold" in names else ():
            command, press = programs[name]
            measured[f"{name}_cold"] = probe(options, f"{name}_cold", command, press, cold=True)
    return measured


def run_benchmarks(options, folder):
    measured = {}
    surroundings = {**os.environ, "LINLI_BENCH_FOLDER": folder, **({"LINLI_BENCH_QUICK": "1"} if options.quick else {})}
    for program in sorted((options.build / "bin").glob("*_bench")):
        print(f"  {program.name}", flush=True)
        output = options.build / f"{program.name}.json"
        run = subprocess.run([program, f"--benchmark_out={output}", "--benchmark_out_format=json"], cwd=folder,
                             env=surroundings, capture_output=True, text=True)
        if run.returncode != 0:
            print(f"    not measured: {run.stderr.strip()}")
            continue
        for row in json.loads(output.read_text(encoding="utf-8"))["benchmarks"]:
            if not row.get("error_occurred"):
                measured[row["name"].split("/")[0]] = figures_of(row)
    return measured


def figures_of(row):
    """The numbers of one google-benchmark row; every *_us also as *_ms."""
    figures = {key: value for key, value in row.items() if isinstance(value, (int, float))}
    return figures | {key[:-3] + "_ms": value / 1000 for key, value in figures.items() if key.endswith("_us")}


def look_up(measured, name):
    group, _, figure = name.partition(".")
    return measured.get(group, {}).get(figure)


def row_of(budget, measured):
    product = look_up(measured, budget.product)
    anchor = look_up(measured, budget.anchor) if budget.anchor else None
    if product is None or (budget.anchor and not anchor):
        return [budget.name, "", "", "", f"{budget.must:g}", f"{budget.aim:g}", "NOT MEASURED"]
    value = round(product / anchor if budget.anchor else product, 2)
    verdict = "aim" if value <= budget.aim else "must" if value <= budget.must else "MISSED"
    unit = f" {budget.unit}" if budget.unit else ""
    times = " ×" if budget.anchor else ""
    return [budget.name, f"{product:.3g}{unit}", f"{anchor:.3g}{unit}" if anchor else "", f"{value:.2f}{times}",
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
    if not budgets:
        sys.exit(f"No budget's name contains {options.only}.")
    names = {name.split(".")[0] for budget in budgets for name in (budget.product, budget.anchor)}
    measured = {}
    print("Measuring, on a machine that should be quiet:")
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.build) as folder:
        if any(name.startswith(WINDOWS) for name in names):
            measured |= probe_both(options, folder, names)
        if any(name and not name.startswith(WINDOWS) for name in names):
            measured |= run_benchmarks(options, folder)
    (options.build / "bench.json").write_text(json.dumps(measured, indent=1), encoding="utf-8")
    print()
    rows = [row_of(budget, measured) for budget in budgets]
    print_table(rows)
    sys.exit(0 if all(row[-1] in ("aim", "must") for row in rows) else 1)


if __name__ == "__main__":
    main()
