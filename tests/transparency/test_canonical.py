"""Canonical form: one value, one sequence of bytes; everything else is refused with its place."""

import unicodedata

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from gongyue.transparency.canonical import MAX_INTEGER, NotCanonical, decode, digest, encode, require_canonical

SHOWN = st.characters(codec="utf-8", categories=("L", "Nd", "P", "S", "Zs"))
TEXTS = st.text(SHOWN, max_size=8).map(lambda text: unicodedata.normalize("NFC", text))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('abcXYZ09_"\\', max_size=4), inner, max_size=4),
    max_leaves=12,
)


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@given(VALUES)
def test_inside_the_profile_the_bytes_are_those_of_rfc_8785(value):
    """The reference implementation gives the same bytes, and decoding gives the value back."""
    data = encode(value)
    assert data == rfc8785.dumps(value)
    assert decode(data) == value


@given(VALUES)
def test_any_other_spelling_of_the_same_value_is_refused(value):
    """Indented JSON of a non-trivial value is the same value in other bytes."""
    loose = orjson.dumps(value, option=orjson.OPT_INDENT_2)
    if loose != orjson.dumps(value, option=orjson.OPT_SORT_KEYS):
        with pytest.raises(NotCanonical):
            decode(loose)


@given(st.binary(max_size=40) | VALUES.map(orjson.dumps))
def test_whatever_is_accepted_encodes_to_itself(data):
    """The shortcut accepts nothing that the careful encoder would write otherwise."""
    try:
        value = decode(data)
    except NotCanonical:
        return
    assert encode(value) == data


ODD = st.text(st.sampled_from('a字é\n"\\\t\x7f\u0301\u0303\u0338\u200b\u202e=<n，'), max_size=5)
ODDER = st.recursive(
    ODD | st.integers(-MAX_INTEGER - 1, MAX_INTEGER + 1) | st.sampled_from([None, True, 0.5]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "字", "é"]) | ODD, inner, max_size=3)
    ),
    max_leaves=8,
)


def within(value, depth):
    """The value inside so many arrays."""
    return within([value], depth - 1) if depth else value


def refused(ask, value):
    """Where it is refused; nothing if it is not."""
    try:
        ask(value)
    except NotCanonical as error:
        return error.path
    return ""


@given(st.builds(within, ODDER, st.sampled_from([0, 0, 0, 1, 13, 14, 15, 16, 17])))
def test_what_is_written_is_judged_as_where_each_string_is_looked_at(value):
    """Odd characters, escapes, keys, integers and depths: refused at the same place as by encoding, which looks at each."""
    data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    assert refused(decode, data) == refused(encode, orjson.loads(data))  # its keys in the order that they are written
    assert refused(decode, data) or decode(data) == value


@pytest.mark.parametrize(
    "number", [b"1.0", b"1.5", b"0.1", b"1e3", b"1E3", b"1e-3", b"-0", b"-0.0", b"01", b"+1", b"NaN", b"Infinity"]
)
def test_a_number_that_is_no_plain_integer_is_refused(number):
    """At the top, in an object and in an array alike."""
    for data in (number, b'{"a":%s}' % number, b"[1,%s]" % number):
        with pytest.raises(NotCanonical):
            decode(data)


@pytest.mark.parametrize("sign", [b"", b"-"])
def test_integers_end_at_two_to_the_53_minus_one(sign):
    """Below and at the limit accepted, above refused, also where a reader would turn the number into a float."""
    for good in (9007199254740990, 9007199254740991):
        assert decode(sign + b"%d" % good) == int(sign + b"%d" % good)
    for bad in (9007199254740992, 2**63, 2**64, 10**30):
        with pytest.raises(NotCanonical):
            decode(b"[" + sign + b"%d]" % bad)
        with pytest.raises(NotCanonical):
            encode([int(sign + b"%d" % bad)])


@pytest.mark.parametrize("depth", [15, 16, 17, 255, 1_000, 100_000])
def test_sixteen_levels_are_the_deepest(depth):
    """15 and 16 accepted; 17 and nesting bombs refused without harm."""
    if depth <= 16:
        assert encode(decode(nested(depth))) == nested(depth)
    else:
        with pytest.raises(NotCanonical):
            decode(nested(depth))


def test_many_containers_side_by_side_are_not_deep():
    """Depth is counted, not the number of arrays and objects."""
    data = b"[" + b",".join([b'{"a":[]}'] * 50) + b"]"
    assert len(decode(data)) == 50


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}',
        b'{"a":1,"\\u0061":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"a":1}{}',
        b'{"a":1}\x00',
        b'\xef\xbb\xbf{"a":1}',
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u000a"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b'"\xc0\x80"',
        b"'a'",
        b"[1,]",
        b"",
        b"// x",
    ],
)
def test_a_document_that_readers_could_take_differently_is_refused(data):
    """Doubled keys, order, space, trailing data, byte order mark, needless escapes, broken UTF-8."""
    with pytest.raises(NotCanonical):
        require_canonical(data)


@pytest.mark.parametrize(
    "char", list("\x00\t\r\x1f\x7f\x85\u00ad\u061c\u200b\u200d\u200e\u202e\u2028\u2066\u2069\ufeff\U000e0041")
)
def test_a_character_that_does_not_show_is_refused(char):
    """In a value and in a key, on reading and on writing, with its code point named."""
    for value in ({"a": [char]}, {char: 1}):
        with pytest.raises(NotCanonical):
            encode(value)
        with pytest.raises(NotCanonical):
            decode(orjson.dumps(value))


def test_a_newline_is_the_one_control_character_allowed():
    """Texts have lines."""
    assert decode(encode("一\n二")) == "一\n二"


@pytest.mark.parametrize("text", ["e\u0301", "\u212a", "\uf900"])
def test_text_outside_normal_form_c_is_refused(text):
    """A decomposed accent, the Kelvin sign and a compatibility ideograph each have another spelling."""
    with pytest.raises(NotCanonical, match="normal form C"):
        decode(orjson.dumps([text]))


def test_a_key_beyond_ascii_is_refused():
    """So that sorting by bytes and by UTF-16 units are the same."""
    with pytest.raises(NotCanonical, match="ASCII"):
        decode('{"公约":1}'.encode())


@pytest.mark.parametrize("value", [1.5, float("nan"), b"x", {1}, {1: 2}, object(), "\ud800"])
def test_a_value_that_json_cannot_say_exactly_is_not_encoded(value):
    """Floats, bytes, sets, numbers as keys, objects and lone surrogates."""
    with pytest.raises(NotCanonical):
        encode({"a": value})


def test_the_refusal_says_where():
    """The path leads to the offending value."""
    with pytest.raises(NotCanonical) as refused:
        decode(b'{"act":{"body":[0,{"n":1.5}]}}')
    assert refused.value.path == "$.act.body[1].n"


def test_a_digest_names_its_algorithm():
    """SHA-256 of the empty string, from FIPS 180."""
    assert digest(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
