"""Blinded links: the vector of the formats, one spelling, and what a link that was opened must satisfy."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.sealing.link import (
    BadLink,
    OpenedLink,
    Place,
    Target,
    check_link,
    encode_target,
    link_line,
    link_value,
    parse_link_line,
)

SALT = bytes(range(32))
HEX = st.binary(min_size=32, max_size=32).map(bytes.hex)
TARGETS = st.lists(
    st.builds(
        Target,
        HEX.map("sha256:".__add__),
        st.one_of(st.just("d:members"), HEX.map("d:".__add__)),
        st.integers(1, 2**53 - 1),
    ),
    max_size=6,
    unique_by=(lambda t: t.c, lambda t: t.place),
).map(lambda made: tuple(sorted(made, key=lambda t: t.c)))


def target(number: int, dossier: str = "d:members", n: int = 1) -> Target:
    """A target whose commitment begins with the number."""
    return Target(f"sha256:{number:064x}", dossier, n)


@given(TARGETS, st.binary(min_size=32, max_size=32))
def test_a_link_is_the_plain_hash_of_canonical_json(made: tuple[Target, ...], salt: bytes) -> None:
    """By hashlib and json alone; and the line that opens it is read back to the same."""
    rows = [{"c": t.c, "dossier": t.dossier, "n": t.n} for t in made]
    plain = json.dumps(rows, sort_keys=True, separators=(",", ":")).encode()
    assert encode_target(made) == plain
    assert link_value(salt, made) == "sha256:" + hashlib.sha256(b"gongyue/link@1\n" + salt + plain).hexdigest()
    assert parse_link_line(link_line(salt, made)[:-1]) == OpenedLink(link_value(salt, made), salt, made)


@given(TARGETS.filter(bool), st.binary(min_size=32, max_size=32), st.data())
def test_a_link_opens_to_one_target_and_one_salt_alone(
    made: tuple[Target, ...], salt: bytes, data: st.DataObject
) -> None:
    """Any byte of the line changed: it opens nothing."""
    row = bytearray(link_line(salt, made)[:-1])
    at = data.draw(st.integers(0, len(row) - 1))
    row[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadLink):
        parse_link_line(bytes(row))


@pytest.mark.parametrize(
    "wrong",
    [
        (target(2), target(1, n=2)),
        (target(1), target(1, n=2)),
        (target(1), target(2)),  # one place under two commitments
        (Target("sha256:" + "A" * 64, "d:members", 1),),
        (target(1, "d:other"),),
        (target(1, n=0),),
        (target(1, n=2**53),),
    ],
)
def test_a_target_has_one_spelling(wrong: tuple[Target, ...]) -> None:
    """Descending, twice, one place twice, capitals, no dossier, n 0 or beyond 2**53 - 1: refused."""
    with pytest.raises(BadLink):
        encode_target(wrong)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_has_32_bytes(length: int) -> None:
    """Not one more or less."""
    with pytest.raises(ValueError, match="32 bytes"):
        link_value(bytes(length), ())


@pytest.mark.parametrize(
    "row",
    [
        b"",
        b"{}",
        b"[]",
        b'{"link":1,"salt":"","target":[]}',
        link_line(SALT, ())[:-1].replace(b'"link":', b'"link" :'),
        link_line(SALT, ())[:-1].replace(b"[]", b'[],"x":1'),
        link_line(SALT, ())[:-1].replace(b"sha256:33", b"sha256:34"),
        b"\xff",
    ],
)
def test_what_is_no_line_of_a_link_is_told(row: bytes) -> None:
    """Empty, another form, spaces, a field more, another value, no UTF-8."""
    with pytest.raises(BadLink):
        parse_link_line(row)


OTHER = "d:" + "5" * 64
CASES = [
    (Place(10, OTHER, 3), (target(1, n=7),), {1: Place(10, "d:members", 7)}, ""),
    (Place(10, OTHER, 3), (target(1, n=7),), {1: Place(11, "d:members", 7)}, "later"),
    (Place(10), (target(1, n=7),), {1: Place(10, "d:members", 7)}, ""),
    (Place(10), (target(1, n=7),), {1: Place(11, "d:members", 7)}, "later"),
    (Place(10, OTHER, 3), (target(1, OTHER, 2),), {1: Place(10, OTHER, 2)}, ""),
    (Place(10, OTHER, 3), (target(1, OTHER, 3),), {1: Place(10, OTHER, 3)}, "later"),
    (Place(10, OTHER, 3), (target(1, OTHER, 4),), {1: Place(9, OTHER, 4)}, "later"),
    (Place(10, OTHER, 3), (target(1, n=7),), {1: Place(9, "d:members", 6)}, "elsewhere"),
    (Place(10, OTHER, 3), (target(1, n=7),), {1: Place(9, OTHER, 7)}, "elsewhere"),
    (Place(10, OTHER, 3), (target(1, n=7),), {}, "undisclosed"),
    (Place(10, OTHER, 3), (target(1, n=7),), {2: Place(9, "d:members", 7)}, "elsewhere"),
    (Place(10, OTHER, 3), (target(1, n=6), target(2, n=7)), {2: Place(9, "d:members", 8)}, "elsewhere"),
    (Place(10, OTHER, 3), (target(1, OTHER, 3),), {}, "later"),
    (Place(10, OTHER, 3), (target(1, OTHER, 9),), {}, "later"),
    (Place(10, OTHER, 3), (), {}, "empty"),
]


@pytest.mark.parametrize(("carrier", "made", "stands", "wrong"), CASES)
def test_a_target_comes_before_what_names_it(
    carrier: Place, made: tuple[Target, ...], stands: dict[int, Place], wrong: str
) -> None:
    """Its open size at most the carrier's, a smaller n in one dossier, and the very entry at the place it states."""
    opened = parse_link_line(link_line(SALT, made)[:-1])
    places = {target(number).c: place for number, place in stands.items()}
    at = {(place.dossier, place.n): c for c, place in places.items()}
    assert check_link(opened, carrier, places.get, may_be_empty=False, at=at.get) == wrong


def test_a_link_stands_once_and_is_empty_only_where_it_may_be() -> None:
    """The same value again is refused; another salt makes another value of the same target."""
    opened = parse_link_line(link_line(SALT, ())[:-1])
    again = parse_link_line(link_line(bytes(32), ())[:-1])
    place = Place(1)
    assert check_link(opened, place, {}.get, may_be_empty=True) == ""
    assert check_link(opened, place, {}.get, may_be_empty=True, earlier={opened.link}) == "twice"
    assert check_link(again, place, {}.get, may_be_empty=True, earlier={opened.link}) == ""
    assert base64.b64encode(again.salt) == b"A" * 43 + b"="
