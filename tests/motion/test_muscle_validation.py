"""What was measured in people and cadavers, as far as an order can be told from a length.

Eight of the eleven hold. The three that do not are expected, and strictly: a model that came to
pass them would be another model, and docs/the-muscles.md would have to say so.
"""

import pytest

from psoas.motion.muscle_lengths import changes


def change(line, flexion=0.0, abduction=0.0, rotation=0.0, knee=0.0):
    return float(changes(flexion, abduction, rotation, knee)[line])


@pytest.mark.xfail(strict=True, reason="the model finds half of what was measured")
def test_vaarbakken_2014_the_piriformis_lengthens_by_35_mm_deeply_bent_and_crossed():
    assert change("peri", 105, -10) == pytest.approx(35, rel=0.25)


def test_vaarbakken_2014_the_piriformis_does_lengthen_there():
    assert change("peri", 105, -10) == pytest.approx(18.7, abs=0.05)


def test_mcgovern_2017_the_piriformis_is_longest_bent_and_crossed():
    crossed = change("peri", 90, -30)
    assert crossed > change("peri", 90, 0, -45) and crossed > change("peri", 0, 0, 45)


def test_ogawa_2020_adductor_longus_is_longer_than_at_rest_wherever_the_leg_is_out():
    for flexion in (90, 60, 30, 0, -15):
        assert change("add_long", flexion, 40) > 0, flexion


def test_ogawa_2020_the_back_of_adductor_magnus_lengthens_as_the_hip_bends():
    at = {flexion: change("add_mag3", flexion, 40) for flexion in (90, 60, 30, 0)}
    assert at[90] > at[60] > at[0] > 0 and at[90] > at[30] > at[0]


def test_kato_2023_adductor_longus_is_longer_behind_than_bent():
    assert change("add_long", -20, 40) > change("add_long", 80, 40)


@pytest.mark.xfail(strict=True, reason="the model has it longest turned outwards, by 2 to 3 mm")
def test_kato_2023_adductor_longus_is_longest_turned_inwards():
    inwards = change("add_long", -20, 40, 20)
    assert inwards > change("add_long", -20, 40, 0)
    assert inwards > change("add_long", -20, 40, -20)


def test_umehara_2015_the_tensor_is_longer_with_the_knee_bent():
    at = {knee: change("tfl", -15, -15, 0, knee) for knee in (0, 45, 90, 118)}
    assert min(at[90], at[118]) > max(at[0], at[45])


def test_umehara_2015_turning_does_nothing_to_the_tensor():
    turned = [change("tfl", -15, -15, rotation, 90) for rotation in (20, 0, -20)]
    assert max(turned) - min(turned) < 3


def test_umegaki_2015_turning_does_nothing_to_the_biceps():
    turned = [change("bifemlh", 90, 0, rotation, 45) for rotation in (30, 0, -30)]
    assert max(turned) - min(turned) < 5


def test_visser_1990_the_hip_moves_the_biceps_more_than_the_knee():
    assert abs(change("bifemlh", flexion=90)) > abs(change("bifemlh", knee=90))


@pytest.mark.xfail(strict=True, reason="the model has the hip ahead by 9 mm in 76")
def test_visser_1990_the_knee_moves_rectus_femoris_more_than_the_hip():
    assert abs(change("rect_fem", knee=90)) > abs(change("rect_fem", flexion=90))
