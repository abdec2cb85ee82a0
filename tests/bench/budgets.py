"""The budgets, as rows of the table that bench.py prints.

A row takes two measurements by name: the product's, and the anchor's it is divided by; without an anchor the figure
itself is held against the limits. `must` is the gate, `aim` what the measurements say can be reached.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    name: str
    product: str  # a name in the measurements, "kiosk.pss_mib" or "accept_submission.p50_us"
    anchor: str  # the same, or "" when the limits are absolute
    must: float
    aim: float
    unit: str = ""
    slow: bool = False  # left out by --quick


BUDGETS = [
    Budget("memory on the menu (PSS)", "kiosk.pss_mib", "chromium.pss_mib", 0.15, 0.10, "MiB"),
    Budget("exec to buttons, warm", "kiosk.ready_ms", "chromium.ready_ms", 0.25, 0.15, "ms"),
    Budget("exec to buttons, cold page cache", "kiosk_cold.ready_ms", "chromium_cold.ready_ms", 0.30, 0.20, "ms"),
    Budget("idle: processor", "kiosk.idle_cpu_percent", "", 0.05, 0.00, "%"),
    Budget("idle: frames", "kiosk.idle_frames", "", 0, 0),
    Budget("idle: wake-ups a second", "kiosk.idle_wake_ups_per_s", "", 5, 2),
    Budget("press to changed pixels, median", "kiosk.press_p50_ms", "chromium.press_p50_ms", 0.8, 0.5, "ms"),
    Budget("press to changed pixels, p95", "kiosk.press_p95_ms", "chromium.press_p95_ms", 0.8, 0.5, "ms"),
    Budget("memory on the menu, beside Qt Quick", "kiosk.pss_mib", "qt.pss_mib", 1.0, 0.6, "MiB"),
    Budget("exec to buttons, beside Qt Quick", "kiosk.ready_ms", "qt.ready_ms", 1.0, 0.8, "ms"),
    Budget("press to pixels, median, beside Qt Quick", "kiosk.press_p50_ms", "qt.press_p50_ms", 0.8, 0.5, "ms"),
    Budget("press to pixels, p95, beside Qt Quick", "kiosk.press_p95_ms", "qt.press_p95_ms", 0.8, 0.5, "ms"),
    Budget("another language, all repainted, beside Chromium", "kiosk.language_p50_ms", "chromium.language_p50_ms", 0.8, 0.5, "ms"),
    Budget("another language, all repainted, beside Qt Quick", "kiosk.language_p50_ms", "qt.language_p50_ms", 0.8, 0.5, "ms"),
    Budget("another text size, all repainted, beside Chromium", "kiosk.text_size_p50_ms", "chromium.text_size_p50_ms", 0.8, 0.5, "ms"),
    Budget("another text size, all repainted, beside Qt Quick", "kiosk.text_size_p50_ms", "qt.text_size_p50_ms", 0.8, 0.5, "ms"),
    Budget("calling people (attract): processor", "kiosk_attract.cpu_percent", "", 0.1, 0.05, "%", slow=True),
    Budget("calling people: processor, beside Chromium", "kiosk_attract.cpu_percent", "chromium_attract.cpu_percent", 0.15, 0.1, "%",
           slow=True),
    Budget("calling people: memory (PSS), beside Chromium", "kiosk_attract.pss_mib", "chromium_attract.pss_mib", 0.20, 0.15, "MiB",
           slow=True),
    Budget("one full frame / copy and put of it", "full_frame.p50_us", "frame_copied_twice.p50_us", 6.0, 3.0, "µs"),
    Budget("all in another text size / its texts and a frame", "another_text_size.p50_us", "texts_and_frame.p50_us", 1.3, 1.0, "µs"),
    Budget("a screen in a new language / its texts and a frame", "another_language.p50_us", "texts_and_frame.p50_us", 1.3, 1.0, "µs"),
    Budget("keep a sealed application, median", "enqueue.p50_us", "inplace_write.p50_us", 2.0, 1.6, "µs"),
    Budget("keep a sealed application, median, beside append and fdatasync", "enqueue.p50_us", "append_write.p50_us", 2.0, 1.0, "µs"),
    Budget("keep a sealed application, p99 / its median", "enqueue.p99_us", "enqueue.p50_us", 3.0, 2.0, "µs"),
    Budget("keep behind 10 000 waiting, median / empty", "enqueue_10k.p50_us", "enqueue.p50_us", 1.3, 1.02, "µs"),
    Budget("keep behind 1 000 000 waiting, median / empty", "enqueue_1m.p50_us", "enqueue.p50_us", 1.3, 1.02, "µs"),
    Budget("acknowledge one, claim the next, median", "claim_and_acknowledge.p50_us", "inplace_write.p50_us", 3.0, 2.0, "µs"),
    Budget("the same of 10 000 waiting / of 1 000", "claim_and_acknowledge_10k.p50_us", "claim_and_acknowledge.p50_us", 1.3, 1.02, "µs"),
    Budget("the same of 1 000 000 waiting / of 1 000", "claim_and_acknowledge_1m.p50_us", "claim_and_acknowledge.p50_us", 1.3, 1.02, "µs"),
    Budget("start with 10 000 waiting", "start_10k.p50_ms", "", 1000, 300, "ms"),
    Budget("start with 1 000 000 waiting, beside Redis", "start_1m.p50_ms", "redis_start_1m.p50_ms", 1.0, 0.3, "ms"),
    Budget("memory with 1 000 000 waiting / with 10 000", "start_1m.memory_mib", "start_10k.memory_mib", 1.3, 1.05, "MiB"),
    Budget("memory with 1 000 000 waiting, beside Redis", "start_1m.memory_mib", "redis_enqueue_1m.memory_mib", 0.05, 0.01, "MiB"),
    Budget("keep, median, beside Redis", "enqueue.p50_us", "redis_enqueue.p50_us", 1.0, 0.8, "µs"),
    Budget("keep behind 1 000 000, median, beside Redis", "enqueue_1m.p50_us", "redis_enqueue_1m.p50_us", 1.0, 0.8, "µs"),
    Budget("acknowledge and claim, median, beside Redis", "claim_and_acknowledge.p50_us", "redis_claim.p50_us", 1.0, 0.8, "µs"),
    Budget("the same of 1 000 000, beside Redis", "claim_and_acknowledge_1m.p50_us", "redis_claim_1m.p50_us", 1.0, 0.8, "µs"),
    Budget("keep, median, beside PostgreSQL", "enqueue.p50_us", "postgres_enqueue.p50_us", 1.0, 0.8, "µs"),
    Budget("keep behind 1 000 000, median, beside PostgreSQL", "enqueue_1m.p50_us", "postgres_enqueue_1m.p50_us", 1.0, 0.8, "µs"),
    Budget("acknowledge and claim, median, beside PostgreSQL", "claim_and_acknowledge.p50_us", "postgres_claim.p50_us", 1.0, 0.8, "µs"),
    Budget("the same of 1 000 000, beside PostgreSQL", "claim_and_acknowledge_1m.p50_us", "postgres_claim_1m.p50_us", 1.0, 0.8, "µs"),
    Budget("drain of a backlog, each, beside PUT and flush", "drain.each_us", "drain_plain.each_us", 1.25, 1.0, "µs"),
    Budget("drain by TLS, each, beside PUT and flush", "drain_tls.each_us", "drain_plain_tls.each_us", 1.25, 1.0, "µs"),
    Budget("submit to receipt code, median", "accept_submission.p50_us", "seal_and_write.p50_us", 2.0, 1.6, "µs"),
    Budget("receipt: layout, dots and pack, median", "receipt.p50_us", "receipt_pil.p50_us", 0.15, 0.07, "µs"),
    Budget("receipt: bytes sent", "receipt.bytes", "receipt_pil.bytes", 0.65, 0.60, "B"),
    Budget("card answer to name on screen", "card_answer_to_name.p50_ms", "", 20, 10, "ms"),
    Budget("waiting for a card: processor", "card_wait.cpu_percent", "", 0.5, 0.1, "%"),
    Budget("waiting for a card: processor, beside a plain loop", "card_wait.cpu_percent", "card_wait_plain.cpu_percent", 1.0, 0.6, "%"),
    Budget("waiting for a card on USB: processor", "card_wait_usb.cpu_percent", "", 0.5, 0.1, "%"),
    Budget("waiting for a card on USB, beside a plain loop", "card_wait_usb.cpu_percent", "card_wait_usb_plain.cpu_percent", 1.0, 0.6, "%"),
    Budget("QR codes not read, frames we may tune to", "qr.missed_1", "qr_zxing_wasm.missed_1", 1.0, 0.9, "%"),
    Budget("QR codes not read, frames we never tune to", "qr.missed_2", "qr_zxing_wasm.missed_2", 1.0, 0.9, "%"),
    Budget("QR codes read wrongly", "qr.wrong", "", 0, 0),
    Budget("QR codes held for 12 frames, not read", "qr_held.missed", "qr_held_zxing.missed", 1.0, 0.8, "%"),
    Budget("QR codes held for 12 frames, read wrongly", "qr_held.wrong", "", 0, 0),
    Budget("QR: a frame without a code, one step in turn, mean", "qr_in_turn.empty_mean_ms", "qr_zxing.empty_mean_ms", 1.5, 1.0, "ms"),
    Budget("QR: a frame with a code, every step, median", "qr.p50_ms", "qr_zxing_wasm.p50_ms", 1.0, 0.5, "ms"),
]
