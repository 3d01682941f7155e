"""The sentences of many answers: each that is needed is put together once, its name put in last."""

from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers.answer import Answer, Lag, Level
from psoas.diary.answers.design import Twins
from psoas.diary.answers.levels import LEVELS
from psoas.diary.answers.many import ManyAnswers
from psoas.diary.answers.naming import group_name
from psoas.diary.answers.sentences import sentence
from psoas.diary.answers.waiting import spoken_wait

Codes = NDArray[np.int32]
Keys = NDArray[np.int64]

_LAGS = tuple(Lag)
_EARLY, _NOT_SURE = LEVELS.index(Level.TOO_EARLY), LEVELS.index(Level.NOT_SURE)
_CLAIMED = [LEVELS.index(Level.FOUND), LEVELS.index(Level.POSSIBLE)]
# Stands where the name goes in a sentence that is kept.
_NAME = "\x00"
# Numbers of 14 bits, in tenths: an effect of 800 points on a scale of ten is none.
_BITS, _MOST = 14, (1 << 13) - 1
_kept: dict[tuple[int, complex], str] = {}
_waits: dict[str, int] = {}
# Workers may be threads of one process: two waits must not get one number.
_counting = Lock()


def sentences_of(answers: ManyAnswers, names: tuple[str, ...]) -> tuple[Codes, list[str]]:
    """Return the sentence of every answer, as places in a list of the sentences there are.

    Args:
        answers: Of B people on K triggers.
        names: K trigger names.

    Returns:
        Places, shape (B, 2, K), and the sentences, as ``sentences.sentence`` says them.
    """
    said: list[str] = []
    codes = np.empty(answers.level.shape, np.int32)
    keys = _keys(answers)
    # Base and top as one number, so that equal scales are found as equal numbers are.
    scales = answers.bases + 1j * answers.tops
    for k, name in enumerate(names):
        which, first, place = _different(keys[:, :, k], scales[:, k])
        codes[:, :, k] = (place + len(said)).reshape(-1, 2)
        for key, at in zip(which.tolist(), first.tolist(), strict=True):
            person, lag = divmod(at, 2)
            known_by = key, complex(scales[person, k])
            if known_by not in _kept:
                _kept[known_by] = sentence(answer_at(answers, person, lag, k, (_NAME,)))
            said.append(_kept[known_by].replace(_NAME, name))
    _say_twins(answers, names, codes, said)
    return codes, said


def answer_at(
    answers: ManyAnswers, person: int, lag: int, k: int, members: tuple[str, ...]
) -> Answer:
    """Return one of many answers as the record that one diary gives.

    Args:
        answers: Of B people.
        person: Place of the person.
        lag: 0 for the same day, 1 for the next.
        k: Place of the trigger.
        members: The columns behind it.
    """
    at = person, lag, k
    least, most = answers.least[at], answers.most[at]
    return Answer(
        members[0],
        _LAGS[lag],
        LEVELS[answers.level[at]],
        _number(answers.estimate[at]),
        _number(answers.low[at]),
        _number(answers.high[at]),
        float(answers.e_value[at]),
        float(answers.posterior[at]),
        int(answers.days_with[at]),
        int(answers.days_without[at]),
        None if np.isnan(least) else (int(least), int(most)),
        members,
        base=float(answers.bases[person, k]),
        top=float(answers.tops[person, k]),
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _different(keys: Keys, scales: NDArray[np.complex64]) -> tuple[Keys, Keys, Keys]:
    """Return the keys that differ in what is said, where each is first, and which one each is."""
    which, first, place = np.unique(keys.ravel(), return_index=True, return_inverse=True)
    if (scales == scales[0]).all():
        return which, first, place
    different, scale = np.unique(scales, return_inverse=True)
    pairs = place * len(different) + np.repeat(scale, 2)
    _pairs, first, place = np.unique(pairs, return_index=True, return_inverse=True)
    return keys.ravel()[first], first, place


def _keys(answers: ManyAnswers) -> Keys:
    """Return a number for each answer, the same where (but for name and scale) the same is said."""
    level = answers.level.astype(np.int64)
    bounded = (answers.low > -10) | (answers.high < 10)
    key = (level * 2 + np.arange(2)[:, None]) * 2 + bounded
    early = level == _EARLY
    third = np.where(np.isin(level, _CLAIMED), _tenths(answers.estimate), _wait_codes(answers))
    for early_part, part in (
        (answers.days_with, _tenths(answers.low)),
        (answers.days_without, _tenths(answers.high)),
        (0, third),
    ):
        key = (key << (_BITS + 1)) + np.where(early, early_part, part)
    return np.asarray(key)


def _tenths(values: NDArray[np.float64]) -> Keys:
    rounded = np.rint(np.nan_to_num(values, nan=_MOST, posinf=_MOST, neginf=-_MOST) * 10)
    return np.clip(rounded, -_MOST, _MOST).astype(np.int64) + _MOST + 1


def _wait_codes(answers: ManyAnswers) -> Keys:
    """Return a number for how long it is said to take; 0 where nothing is said of it."""
    said = (answers.level == _NOT_SURE) & ~np.isnan(answers.least)
    codes = np.zeros(said.shape, np.int64)
    pairs = answers.least[said].astype(np.int64) << 32 | answers.most[said].astype(np.int64)
    which, place = np.unique(pairs, return_inverse=True)
    codes[said] = np.array([_wait_code(pair) for pair in which.tolist()], np.int64)[place]
    return codes


@lru_cache(maxsize=1 << 16)
def _wait_code(pair: int) -> int:
    text = spoken_wait((pair >> 32, pair & 0xFFFFFFFF))
    with _counting:
        return _waits.setdefault(text, len(_waits) + 1)


def _say_twins(answers: ManyAnswers, names: tuple[str, ...], codes: Codes, said: list[str]) -> None:
    """Say of columns that cannot be told apart, each in its own row, which the others are."""
    at = {name: k for k, name in enumerate(names)}
    for person, groups in answers.twins.items():
        for group in groups:
            for own, opposite in zip(group.names, group.opposite, strict=True):
                others = [
                    (name, other != opposite)
                    for name, other in zip(group.names, group.opposite, strict=True)
                    if name != own
                ]
                members = (own, *(name for name, _other in others))
                together = Twins(members, (False, *(other for _name, other in others)))
                for lag in range(2):
                    answer = answer_at(answers, person, lag, at[own], members)
                    codes[person, lag, at[own]] = len(said)
                    said.append(sentence(answer, group_name(together)))
