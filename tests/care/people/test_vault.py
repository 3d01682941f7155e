"""Sealed documents open at their own place, for their own person, and nowhere else."""

from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from hypothesis import given
from hypothesis import strategies as st

from psoas.care.people import vault
from psoas.care.people.keyring import KeyRefused, Keyring, WrappingKey
from psoas.care.people.models import Installation, WrappedKey
from psoas.care.people.vault import CLINICAL, JOURNAL, Place, Sealer, Unreadable
from tests import cast
from tests.cast import NOW

ROW = UUID("6a6f6b65-0000-4000-8000-000000000001")
PLACE = Place("entry", "document", ROW, 1)
HERE = Sealer(UUID(int=1), b"k" * 32)


def test_the_wrapping_is_the_one_rfc_3394_publishes():
    # RFC 3394, section 4.6: 256 bits of key data under a 256-bit key-encryption key.
    kek = WrappingKey.of(
        bytes.fromhex("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F")
    )
    data = bytes.fromhex("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F")
    wrapped = bytes.fromhex(
        "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21"
    )
    assert vault.wrap(kek, data) == wrapped
    assert vault.unwrap(kek, wrapped) == data


@given(st.integers(0, 40 * 8 - 1))
def test_a_wrapped_key_with_any_bit_flipped_does_not_unwrap(bit):
    key = WrappingKey.of(b"w" * 32)
    wrapped = int.from_bytes(vault.wrap(key, b"d" * 32))
    with pytest.raises(InvalidUnwrap):
        vault.unwrap(key, (wrapped ^ 1 << bit).to_bytes(40))


@given(st.binary(max_size=2000))
def test_what_was_sealed_opens_as_it_was(document):
    assert HERE.open(PLACE, HERE.seal(PLACE, document)) == document


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("notebook", "document", ROW, 1),
        Place("entry", "file", ROW, 1),
        Place("entry", "document", UUID(int=ROW.int + 1), 1),
        Place("entry", "document", ROW, 2),
        Place("entry", "document", ROW, 1, "2026-04-14|day"),
    ],
    ids=["table", "field", "row", "revision", "day"],
)
def test_a_document_moved_elsewhere_does_not_open(elsewhere):
    with pytest.raises(Unreadable):
        HERE.open(elsewhere, HERE.seal(PLACE, b"hidden"))


def test_a_document_moved_to_another_person_does_not_open_even_under_the_same_key():
    with pytest.raises(Unreadable):
        Sealer(UUID(int=2), b"k" * 32).open(PLACE, HERE.seal(PLACE, b"hidden"))


@given(st.integers(0), st.binary(min_size=1, max_size=60))
def test_a_document_with_any_bit_flipped_does_not_open(bit, document):
    sealed = HERE.seal(PLACE, document)
    flipped = int.from_bytes(sealed) ^ 1 << bit % (len(sealed) * 8)
    with pytest.raises(Unreadable):
        HERE.open(PLACE, flipped.to_bytes(len(sealed)))


@pytest.mark.parametrize("length", range(40))
def test_a_document_cut_short_is_refused_in_words(length):
    sealed = HERE.seal(PLACE, b"eleven char")
    assert len(sealed) == 40
    with pytest.raises(Unreadable):
        HERE.open(PLACE, sealed[:length])


def test_the_same_words_never_look_the_same_twice():
    assert len({HERE.seal(PLACE, b"again") for _n in range(50)}) == 50


def test_sealing_hides_the_words():
    assert b"groin" not in HERE.seal(PLACE, b"my groin hurts")


@pytest.mark.django_db
def test_two_persons_and_two_purposes_never_share_a_key():
    people = [cast.mara(), cast.tom()]
    opened = {vault._unwrap(row, vault.keyring()) for row in WrappedKey.objects.all()}
    assert len(opened) == 2 * len(people)
    mara, tom = (vault.sealer(person, JOURNAL) for person in people)
    sealed = mara.seal(PLACE, b"mine")
    for other in (tom, vault.sealer(people[0], CLINICAL)):
        with pytest.raises(Unreadable):
            other.open(PLACE, sealed)


@pytest.mark.django_db
def test_no_data_key_lies_open_in_the_database():
    cast.mara()
    for row in WrappedKey.objects.all():
        assert len(bytes(row.wrapped)) == 40
        assert vault._unwrap(row, vault.keyring()) not in bytes(row.wrapped)


@pytest.mark.django_db
def test_a_wrapped_key_moved_to_another_person_opens_none_of_either():
    # Somebody who can write in the database gives Tom a copy of Mara's wrapped key.
    mara, tom = cast.mara(), cast.tom()
    sealed = vault.sealer(mara, JOURNAL).seal(PLACE, b"mine")
    stolen = WrappedKey.objects.get(person=mara, purpose=JOURNAL).wrapped
    WrappedKey.objects.filter(person=tom, purpose=JOURNAL).update(wrapped=stolen)
    with pytest.raises(Unreadable):
        vault.sealer(tom, JOURNAL).open(PLACE, sealed)


@pytest.mark.django_db
def test_a_damaged_wrapped_key_is_refused_in_words():
    mara = cast.mara()
    for damaged in (b"", b"x" * 39, b"x" * 40, b"x" * 48):
        WrappedKey.objects.filter(person=mara).update(wrapped=damaged)
        with pytest.raises(Unreadable, match="damaged"):
            vault.sealer(mara, JOURNAL)


@pytest.mark.django_db
def test_rotation_rewraps_every_key_and_everything_still_opens(ring, settings):
    cast.installation()
    people = [cast.mara(), cast.tom(), cast.ines()]
    sealed = [vault.sealer(each, JOURNAL).seal(PLACE, each.name.encode()) for each in people]
    settings.KEYRING, count = vault.rotate(ring)
    assert count == 2 * len(people)
    assert set(WrappedKey.objects.values_list("wrapped_by", flat=True)) == {
        settings.KEYRING.current.name
    }
    # The old key is needed for nothing that stands in the database now.
    (ring.folder / f"vault-{ring.current.name}.key").unlink()
    settings.KEYRING = Keyring.open(ring.folder)
    vault.check_keys(settings.KEYRING)
    for each, document in zip(people, sealed, strict=True):
        assert vault.sealer(each, JOURNAL).open(PLACE, document) == each.name.encode()


@pytest.mark.django_db
def test_a_rotation_cut_short_after_the_files_loses_nothing_and_can_be_finished(ring, settings):
    cast.installation()
    mara = cast.mara()
    sealed = vault.sealer(mara, JOURNAL).seal(PLACE, b"words")
    # The power goes before the database is told.
    settings.KEYRING = ring.rotated()
    vault.check_keys(settings.KEYRING)
    assert vault.sealer(mara, JOURNAL).open(PLACE, sealed) == b"words"
    tom = cast.tom()
    settings.KEYRING, count = vault.rotate(settings.KEYRING)
    assert count == 4
    for person in (mara, tom):
        vault.sealer(person, JOURNAL)
    assert vault.sealer(mara, JOURNAL).open(PLACE, sealed) == b"words"


@pytest.mark.django_db
def test_a_rotation_stops_before_any_file_where_a_key_does_not_open(ring):
    cast.installation()
    mara = cast.mara()
    WrappedKey.objects.filter(person=mara, purpose=JOURNAL).update(wrapped=b"x" * 40)
    files = {path.name: path.read_bytes() for path in ring.folder.iterdir()}
    with pytest.raises(Unreadable):
        vault.rotate(ring)
    assert {path.name: path.read_bytes() for path in ring.folder.iterdir()} == files


@pytest.mark.django_db
def test_a_database_of_other_keys_is_refused_and_both_are_named(ring, tmp_path):
    cast.installation()
    other = Keyring.create(tmp_path / "other")
    with pytest.raises(KeyRefused) as refused:
        vault.check_keys(other)
    for part in (str(tmp_path / "other" / "vault.key"), ring.current.name, other.current.name):
        assert part in str(refused.value)
    vault.check_keys(ring)


@pytest.mark.django_db
def test_a_data_key_under_a_wrapping_key_nobody_has_asks_for_the_file():
    mara = cast.mara()
    WrappedKey.objects.filter(person=mara).update(wrapped_by="0" * 16)
    with pytest.raises(KeyRefused, match="0000000000000000"):
        vault.sealer(mara, JOURNAL)


@pytest.mark.django_db
def test_one_key_a_purpose():
    mara = cast.mara()
    with pytest.raises(Exception, match="UNIQUE"):
        vault.make_keys(mara, NOW)


def test_rows_differ_by_more_than_their_first_letters():
    # An id is written out whole in what a document is bound to.
    one, two = uuid4(), uuid4()
    with pytest.raises(Unreadable):
        HERE.open(
            Place("entry", "document", two, 1), HERE.seal(Place("entry", "document", one, 1), b"")
        )


@pytest.mark.django_db
def test_the_installation_remembers_the_rotated_key(ring):
    cast.installation()
    fresh, _count = vault.rotate(ring)
    assert Installation.objects.get().key_name == fresh.current.name
