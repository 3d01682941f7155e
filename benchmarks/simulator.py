"""Made-up diaries with a known truth, for judging the answers; not the demo's generator.

Written from a description of people, not from the model that is judged: triggers are thresholds
on slow, shared, trending, weekday-tied tides; some follow yesterday's pain. How hard it is was set
by how the peers fare on it (docs/benchmarks.md), never by how psoas does.

    python -m benchmarks.simulator --parquet OUT.parquet --people 1000 --days 180

writes a cohort file (person, day, pain, one column a trigger) and, apart from it, the truth.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

TRIGGERS = 20
DRIVEN = 5  # triggers that follow yesterday's pain
MOODS = 5  # in a reverse world: triggers that follow the same day's pain
TIDES = 3
HELPS = 0.2  # share of real effects that lower pain
FIRST = date(2025, 1, 6)  # a Monday
PIECE = 2_000  # people drawn at once


@dataclass(frozen=True)
class World:
    """What differs from the ordinary world.

    Attributes:
        real: False: no trigger does anything.
        effects: How many triggers do something, on the same day and on the day after.
        size: Least and largest effect, in points of pain.
        together: How closely triggers come together; 1 is ordinary.
        level: Mean level of pain over people; 0.5 makes nearly half of the days zeros.
        missing: Least and largest share of days without pain, drawn for each person.
        reverse: Pain drives the mood of the same day.
        heavy_tails: Noise from Student's t with three degrees of freedom.
        regime: The level jumps once, by one to two points, somewhere in the middle half.
        feelings: How many of the triggers are numbers 0 to 10.
        silent: A day without pain knows no trigger either.
    """

    real: bool = True
    effects: tuple[int, int] = (4, 3)
    size: tuple[float, float] = (0.5, 1.5)
    together: float = 1.0
    level: float = 4.5
    missing: tuple[float, float] = (0.15, 0.45)
    reverse: bool = False
    heavy_tails: bool = False
    regime: bool = False
    feelings: int = 0
    silent: bool = False


ORDINARY = World()
WORLDS = {
    "ordinary": ORDINARY,
    "nothing real": World(real=False),
    "floor-heavy": World(level=0.5),
    "floor-heavy, nothing real": World(level=0.5, real=False),
    "half missing": World(missing=(0.4, 0.6)),
    "half missing, nothing real": World(missing=(0.4, 0.6), real=False),
    "pain drives mood": World(real=False, reverse=True),
    "heavy tails": World(heavy_tails=True),
    "heavy tails, nothing real": World(heavy_tails=True, real=False),
    "level jumps": World(regime=True),
    "level jumps, nothing real": World(regime=True, real=False),
    "many small effects": World(effects=(12, 8), size=(0.15, 0.5)),
    "closely tied triggers": World(together=1.8),
    "closely tied, many small": World(effects=(12, 8), size=(0.15, 0.5), together=1.8),
    "feelings 0-10": World(feelings=8),
    "silent days": World(silent=True),
    "silent days, nothing real": World(silent=True, real=False),
}


@dataclass(frozen=True)
class Diaries:
    """B people, T days from a Monday, K triggers.

    Attributes:
        pain: (B, T), whole numbers 0 to 10, NaN = not recorded.
        values: (B, T, K), NaN = unknown.
        effects: (B, 2, K) true points of pain, same day and next day (a feeling: 10 against 0).
        seen: The same on the recorded scale: the mean difference that the trigger makes to pain
            once it is rounded and kept within 0 and 10.
        graded: (K,) whether the column is a number 0 to 10.
    """

    pain: Floats
    values: Floats
    effects: Floats
    seen: Floats
    graded: Flags

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f"t{k + 1:02d}" for k in range(self.values.shape[2]))


@dataclass(frozen=True)
class _People:
    """What is fixed in each person."""

    level: Floats
    slope: Floats  # points a day
    carry: Floats  # correlation of the slow part from one day to the next
    slow: Floats  # spread of the slow part
    quick: Floats  # spread of the part that is each day's own
    weekday: Floats  # (B, 7)
    effects: Floats  # (B, 2, K)
    loadings: Floats  # (B, TIDES, K)
    own: Floats  # (B, K) weight of a trigger's own tide
    persistence: Floats  # (B, K)
    tide_persistence: Floats  # (B, TIDES)
    drift: Floats  # (B, K) a day
    habit: Floats  # (B, 7, K) weekday shifts of the triggers
    threshold: Floats  # (B, K)
    often: Floats  # (B, K)
    driven: Floats  # (B, K) pull of yesterday's pain
    mood: Floats  # (B, K) pull of the same day's pain
    graded: Flags  # (K,)
    jump: Floats  # (B, T) a change of regime
    missing: Floats  # (B,)


def simulate(seed: int, people: int, days: int, world: World = ORDINARY) -> Diaries:
    """Draw diaries; the same arguments always give the same."""
    chance = np.random.default_rng([seed, people, days])
    who = _draw_people(chance, people, days, world)
    latent, values = _live(chance, who, days, world)
    pain = np.clip(np.rint(latent), 0, 10)
    seen = _seen_effects(who, latent, values, world)
    known = values.transpose(1, 0, 2)
    known = np.where(who.graded, known * 10, known)
    return _forget(chance, who, Diaries(pain.T, known, who.effects, seen, who.graded), world)


def pieces(seed: int, people: int, days: int, world: World = ORDINARY) -> Iterator[Diaries]:
    """The same in pieces, for many people: memory stays that of one piece."""
    for start in range(0, people, PIECE):
        yield simulate(seed + start, min(PIECE, people - start), days, world)


def _draw_people(chance: np.random.Generator, people: int, days: int, world: World) -> _People:
    def normal(*shape: int) -> Floats:
        return chance.standard_normal((people, *shape), dtype=np.float32)

    def between(low: float, high: float, *shape: int) -> Floats:
        return (low + (high - low) * chance.random((people, *shape))).astype(np.float32)

    spread = 1.3 * np.exp(0.25 * normal())
    white = between(0.2, 0.7)
    # From rare to common, in an order of each person's own.
    often = np.geomspace(0.06, 0.6, TRIGGERS, dtype=np.float32)
    often = chance.permuted(np.tile(often, (people, 1)), axis=1)
    # Most hard things come together in hard weeks: the first tide lifts nearly all of them.
    loadings = normal(TIDES, TRIGGERS) * np.float32(0.4)
    loadings[:, 0] += 0.3
    loadings *= np.float32(world.together)
    shared = np.sqrt((loadings**2).sum(axis=1))
    loadings *= np.minimum(1, 0.9 / shared)[:, None]
    habit = 0.15 * normal(7, TRIGGERS)
    working = chance.random((people, TRIGGERS)) < 0.3
    week = np.array([0.4, 0.4, 0.4, 0.4, 0.4, -1, -1], dtype=np.float32)
    habit += working[:, None, :] * week[None, :, None]
    order = chance.permuted(np.tile(np.arange(TRIGGERS), (people, 1)), axis=1)
    driven = np.where(order < DRIVEN, between(0.2, 0.5, TRIGGERS), 0)
    is_mood = (order >= DRIVEN) & (order < DRIVEN + MOODS) & world.reverse
    graded = np.arange(TRIGGERS) < world.feelings
    jump = np.zeros((people, days), dtype=np.float32)
    if world.regime:
        at = chance.integers(days // 4, 3 * days // 4, people)
        height = between(1, 2) * chance.choice([-1, 1], people)
        jump = np.where(np.arange(days) >= at[:, None], height[:, None], 0)
    return _People(
        level=np.clip(world.level + normal(), -0.5, 8),
        slope=1.2 * normal() / 365,
        carry=between(0.3, 0.85),
        slow=spread * np.sqrt(1 - white),
        quick=spread * np.sqrt(white),
        weekday=0.25 * normal(7),
        effects=_draw_effects(chance, people, world) * world.real,
        loadings=loadings,
        own=np.sqrt(1 - (loadings**2).sum(axis=1)),
        persistence=between(0, 0.8, TRIGGERS),
        tide_persistence=between(0.5, 0.9, TIDES),
        drift=1.2 * normal(TRIGGERS) / 365,
        habit=habit,
        threshold=-ndtri(often).astype(np.float32),
        often=often,
        driven=driven.astype(np.float32),
        mood=np.where(is_mood, between(0.2, 0.5, TRIGGERS), 0).astype(np.float32),
        graded=graded,
        jump=jump.astype(np.float32),
        missing=between(*world.missing),
    )


def _draw_effects(chance: np.random.Generator, people: int, world: World) -> Floats:
    out = np.zeros((people, 2, TRIGGERS), dtype=np.float32)
    least, most = world.size
    for lag, real in enumerate(world.effects):
        which = np.argsort(chance.random((people, TRIGGERS)), axis=1)[:, :real]
        size = least + (most - least) * chance.random((people, real))
        sign = np.where(chance.random((people, real)) < HELPS, -1, 1)
        np.put_along_axis(out[:, lag], which, (size * sign).astype(np.float32), axis=1)
    return out


def _live(
    chance: np.random.Generator, who: _People, days: int, world: World
) -> tuple[Floats, Floats]:
    """Day by day: what happens, and how much it hurts. Gives (T, B) and (T, B, K)."""
    people = len(who.level)

    def noise(*shape: int) -> Floats:
        if world.heavy_tails:
            return (chance.standard_t(3, shape) / np.sqrt(3)).astype(np.float32)
        return chance.standard_normal(shape, dtype=np.float32)

    tide = chance.standard_normal((people, TIDES), dtype=np.float32)
    own = chance.standard_normal((people, TRIGGERS), dtype=np.float32)
    slow = chance.standard_normal(people, dtype=np.float32)
    # A feeling spreads around the middle; an event is rare or common.
    middle = np.where(who.graded, 0.5, who.often)
    latent = np.empty((days, people), dtype=np.float32)
    happened = np.empty((days, people, TRIGGERS), dtype=np.float32)
    pull = np.zeros(people, dtype=np.float32)
    before = middle
    for t in range(days):
        if t:
            tide = _step(chance, tide, who.tide_persistence)
            own = _step(chance, own, who.persistence)
            slow = who.carry * slow + np.sqrt(1 - who.carry**2) * noise(people)
        want = np.einsum("bf,bfk->bk", tide, who.loadings) + who.own * own
        want += who.habit[:, t % 7] + who.drift * (t - days / 2) + who.driven * pull[:, None]
        now = _happen(want, who)
        hurt = who.level + who.slope * (t - days / 2) + who.weekday[:, t % 7] + who.jump[:, t]
        hurt = hurt + ((now - middle) * who.effects[:, 0]).sum(axis=1)
        hurt += ((before - middle) * who.effects[:, 1]).sum(axis=1)
        hurt += who.slow * slow + who.quick * noise(people)
        pull = hurt - who.level
        if world.reverse:
            now = _happen(want + who.mood * pull[:, None], who)
        latent[t], happened[t], before = hurt, now, now
    return latent, happened


def _step(chance: np.random.Generator, state: Floats, persistence: Floats) -> Floats:
    fresh = chance.standard_normal(state.shape, dtype=np.float32)
    return persistence * state + np.sqrt(1 - persistence**2) * fresh


def _happen(want: Floats, who: _People) -> Floats:
    event = (want > who.threshold).astype(np.float32)
    if not who.graded.any():
        return event
    return np.where(who.graded, np.clip(np.rint(5 + 2.5 * want), 0, 10) / 10, event)


def _seen_effects(who: _People, latent: Floats, values: Floats, world: World) -> Floats:
    """The mean difference each real trigger makes to pain as it is written down."""
    out = np.zeros_like(who.effects)
    for lag in (0, 1):
        came = values if lag == 0 else np.concatenate([values[:1], values[:-1]])
        for rank in range(world.effects[lag]):
            which = np.argsort(who.effects[:, lag] == 0, axis=1, kind="stable")[:, rank]
            rows = np.arange(len(which))
            size = who.effects[rows, lag, which]
            without = latent - came[:, rows, which] * size
            written = [np.clip(np.rint(without + part), 0, 10) for part in (0, size)]
            out[rows, lag, which] = (written[1] - written[0]).mean(axis=0)
    return out


def _forget(chance: np.random.Generator, who: _People, full: Diaries, world: World) -> Diaries:
    """Days without pain come in clumps and more when it hurts; some days' triggers are unknown."""
    people, days = full.pain.shape
    mind = np.empty((people, days), dtype=np.float32)
    state = chance.standard_normal(people, dtype=np.float32)
    for t in range(days):
        state = 0.4 * state + np.sqrt(1 - 0.16) * chance.standard_normal(people, dtype=np.float32)
        mind[:, t] = state
    mind += 0.25 * (full.pain - full.pain.mean(axis=1, keepdims=True))
    rank = np.argsort(np.argsort(mind, axis=1), axis=1)
    gone = rank >= days * (1 - who.missing[:, None])
    gone[:, 0] = False  # a diary begins with an entry
    unasked = chance.random((people, days)) < np.where(gone, 1.0 if world.silent else 0.25, 0.05)
    unknown = unasked[:, :, None] | (
        chance.random(full.values.shape, dtype=np.float32) < np.float32(0.01)
    )
    pain = np.where(gone, np.float32(np.nan), full.pain)
    values = np.where(unknown, np.float32(np.nan), full.values)
    return Diaries(pain, values, full.effects, full.seen, full.graded)


def write_parquet(
    out: Path, truth: Path, *, seed: int, people: int, days: int, world: World = ORDINARY
) -> None:
    """Write the cohort file, and beside it what is true of each person, trigger and lag."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    dates = np.array([FIRST + timedelta(days=n) for n in range(days)], dtype="datetime64[D]")
    made, known = None, None
    start = 0
    try:
        for piece in pieces(seed, people, days, world):
            count, _, triggers = piece.values.shape
            person = np.repeat(np.arange(start, start + count, dtype=np.int32), days)
            columns = {
                "person": pa.array(person),
                "day": pa.array(np.tile(dates, count), pa.date32()),
                "pain": _whole(piece.pain.ravel()),
            }
            for k, name in enumerate(piece.names):
                columns[name] = _whole(piece.values[:, :, k].ravel())
            rows = pa.table(columns)
            made = made or pq.ParquetWriter(out, rows.schema, compression="zstd")
            made.write_table(rows, row_group_size=500 * days)
            facts = pa.table(
                {
                    "person": np.repeat(np.arange(start, start + count, dtype=np.int32), triggers),
                    "trigger": list(piece.names) * count,
                    "same_day": piece.effects[:, 0].ravel(),
                    "next_day": piece.effects[:, 1].ravel(),
                    "same_day_seen": piece.seen[:, 0].ravel(),
                    "next_day_seen": piece.seen[:, 1].ravel(),
                }
            )
            known = known or pq.ParquetWriter(truth, facts.schema, compression="zstd")
            known.write_table(facts)
            start += count
    finally:
        for writer in (made, known):
            if writer is not None:
                writer.close()


def _whole(numbers: Floats):  # type: ignore[no-untyped-def]
    import pyarrow as pa

    gone = np.isnan(numbers)
    return pa.array(np.where(gone, 0, numbers).astype(np.int8), mask=gone)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--parquet", type=Path, required=True, metavar="OUT")
    parser.add_argument("--truth", type=Path, help="default: OUT with .truth before .parquet")
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--world", choices=WORLDS, default="ordinary")
    asked = parser.parse_args()
    truth = asked.truth or asked.parquet.with_suffix(".truth.parquet")
    write_parquet(
        asked.parquet,
        truth,
        seed=asked.seed,
        people=asked.people,
        days=asked.days,
        world=WORLDS[asked.world],
    )
    print(f"{asked.people:,} people in {asked.parquet}; what is true of them in {truth}")


if __name__ == "__main__":
    main()
