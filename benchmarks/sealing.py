"""Sealing and opening one entry: at most 10 µs each. The peer is Fernet (cryptography)."""

import json
import os
import time
from collections.abc import Callable
from statistics import median
from uuid import uuid4

from cryptography.fernet import Fernet

from benchmarks import installation, table

ENTRY = {
    "v": 1,
    "at": "2026-04-14T03:10:00+02:00",
    "zone": "Europe/London",
    "pain": 6,
    "worst": 7,
    "places": ["front-left-groin", "back-left-buttock"],
    "scales": {"tightness": 4, "sleep": 5},
    "feelings": {"worried": 3, "tired": 2},
    "triggers": {f"trigger-{n}": n % 2 for n in range(20)},
    "asked": {"triggers": True, "feelings": True},
    "words": "woke at three, turned over, slept again with the pillow between the knees",
}


def main() -> None:
    installation.make()
    from psoas.care.people.vault import Place, Sealer

    packed = json.dumps(ENTRY, separators=(",", ":")).encode()
    sealer = Sealer(uuid4(), os.urandom(32))
    place = Place("entry", "document", uuid4(), 1)
    sealed = sealer.seal(place, packed)
    fernet = Fernet(Fernet.generate_key())
    token = fernet.encrypt(packed)
    rows = [
        ("seal", _microseconds(lambda: sealer.seal(place, packed)), "10"),
        ("open", _microseconds(lambda: sealer.open(place, sealed)), "10"),
        ("open and parse", _microseconds(lambda: json.loads(sealer.open(place, sealed))), ""),
        ("Fernet, seal", _microseconds(lambda: fernet.encrypt(packed)), "(peer)"),
        ("Fernet, open", _microseconds(lambda: fernet.decrypt(token)), "(peer)"),
    ]
    table.show(
        f"Sealing one entry of {len(packed)} bytes",
        ("act", "µs, median", "µs, asked"),
        [(act, f"{took:.1f}", asked) for act, took, asked in rows],
    )


def _microseconds(act: Callable[[], object], runs: int = 30, each: int = 1000) -> float:
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        for _ in range(each):
            act()
        took.append((time.perf_counter() - began) / each * 1e6)
    return median(took)


if __name__ == "__main__":
    main()
