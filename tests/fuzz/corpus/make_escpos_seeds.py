#!/usr/bin/env python3
"""Writes the seeds of escpos_reply_fuzz and escpos_machine_fuzz: run in this folder."""

SEEDS = {
    "escpos_reply": {
        "healthy": "04 12121212",
        "paper_out": "04 1a32127e",
        "automatic": "08 10000000 00",
        "automatic_torn": "21 100012 10000000",
        "process_ids": "08 37222020202000 37222020202100 00",
        "cleared": "01 372500 12",
        "identity": "08 5f544d2d543230 00 00",
        "flow_control": "21 1311 1013000011 00 12",
        "dialect": "81 92",
        "noise": "3f ff80c35f35373b3d",
    },
    "escpos_machine": {
        "job": "00ff 100401 1b40 1d50cbcb 1d61ff 1d76300002000200aaaa5555 1b4a20 1d28480600303020202020 1d564200 1d7201",
        "paper_out_and_cleared": "0001 1d76300002000900ffffffff 10140801031401060208 1d7201",
        "knife": "0401 1d564200 100502 100501 100403",
        "text": "0000 4142430a 1b6403 1b6401 41 1d76300001000100ff 0a",
        "long_image": "0110 1d763000ffff0100" + "55" * 300,
        "unknown": "0000 1d28410200303 01d284b0300 1b7b01 1d4c0000 10ff",
    },
}

for folder, seeds in SEEDS.items():
    for name, text in seeds.items():
        with open(f"{folder}/{name}", "wb") as file:
            file.write(bytes.fromhex(text.replace(" ", "")))
