"""A small fictional promise, and random uses and authorisations under it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from hypothesis import strategies as st

from gongyue.conduct.grants import Authorisation, Scope
from gongyue.conduct.instants import LAST
from gongyue.conduct.promise import ACTIONS, Promise
from gongyue.conduct.promise_loader import parse_promise
from gongyue.conduct.uses import Use

EXAMPLE = files("gongyue.conduct").joinpath("example.toml").read_text("utf-8")
UNDONE = EXAMPLE.replace('# withdrawals = "none"', 'withdrawals = "none"')
"""The same, which declares that there are no withdrawals."""
TEN = 1_777_600_800_000_000
"""2026-05-01T10:00:00+08:00."""
HOUR = 3_600_000_000
RECIPIENTS = 150
"""More explicit recipients than two mask words of 64 bits hold."""

_WORLD = """schema = "gongyue/promise/1"
controller = { id = "c", zh = "演示" }
[[policy]]
id = "v1"
title = "一"
digest = "sha256:ZEROS"
from = 2023-11-14T22:13:20.000005Z
to = 2023-11-14T22:13:20.000012Z
[[policy]]
id = "v2"
title = "二"
digest = "sha256:ONES"
from = 2023-11-14T22:13:20.000012Z
""".replace("ZEROS", "0" * 64).replace("ONES", "1" * 64)


@cache
def example() -> Promise:
    """The file `promise init` writes."""
    return parse_promise(EXAMPLE)


@cache
def world() -> Promise:
    """A chain of forty purposes and a bush, 150 recipients, two policy versions, a basis for everyone."""
    return parse_promise(world_text())


def world_text() -> str:
    """The same as a file."""
    rows = [f'[[purpose]]\nid = "d{i}"\nzh = "深"\ndpv = "https://w3id.org/dpv#Purpose"\n'
            + (f'parent = "d{i - 1}"\n' if i else "") for i in range(40)]  # fmt: skip
    rows += [f'[[purpose]]\nid = "{p}"\nzh = "旁"\nparent = "d0"\ndpv = "https://w3id.org/dpv#Purpose"\n' for p in "ab"]
    rows += [f'[[category]]\nid = "k{i}"\nzh = "类"\n' for i in range(4)]
    rows += [f'[[recipient_class]]\nid = "{c}"\nzh = "类"\n' for c in ("near", "far")]
    rows += [
        f'[[recipient]]\nid = "r{i}"\nzh = "方"\nclass = "{("near", "far", "")[i % 3]}"\n' for i in range(RECIPIENTS)
    ]
    rows += ['[[region]]\nid = "SG"\nzh = "新加坡"\n[[region]]\nid = "DE"\nzh = "德国"\n']
    for policy, extra in (("v1", ""), ("v2", 'regions = ["SG"]\n')):
        rows.append(
            f'[[terms]]\nid = "t{policy}"\npolicy = "{policy}"\npurposes = ["a", "d3"]\ncategories = ["k0", "k1"]\n'
            f'actions = ["view", "transfer"]\nrecipients = ["near", "r149"]\nretention = "P1Y"\n'
            f"separate_consent = [23]\n{extra}"
        )
    rows.append(
        '[[terms]]\nid = "law"\npolicy = "v2"\npurposes = ["b"]\ncategories = ["k3"]\nactions = ["view"]\n'
        'retention = "P1Y"\nbasis = "statutory_duty"\neveryone = true\n'
    )
    return _WORLD + "".join(rows)


PURPOSES = ["d0", "d1", "d3", "d20", "d39", "a", "b"]
CATEGORIES = ["k0", "k1", "k2", "k3"]
NAMED = ["near", "far", "r0", "r1", "r2", "r64", "r65", "r127", "r128", "r149"]


def some(names: list[str] | tuple[str, ...], least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    """A set of these."""
    return st.frozensets(st.sampled_from(names), min_size=least, max_size=4)


SCOPES = st.builds(
    Scope,
    some(PURPOSES),
    some(CATEGORIES),
    some(ACTIONS),
    st.one_of(some(NAMED), st.just(frozenset(f"r{i}" for i in range(RECIPIENTS)))),
    some(["SG", "DE", "CN"]),
)
START = 1_700_000_000_000_000
"""2023-11-14T22:13:20Z: a number is an instant only within some years."""
TIMES = st.integers(START, START + 20)
ENDS = st.one_of(TIMES, st.just(LAST))
AUTHORISATIONS = st.lists(
    st.builds(
        Authorisation,
        st.integers(0, 1 << 40).map(lambda n: n % (1 << 40)),
        st.sampled_from(["u1", "u2"]),
        st.sampled_from(["c", "c", "other"]),
        SCOPES,
        TIMES,
        ENDS,
        ENDS,
        st.sampled_from(["consent", "contract"]),
    ),
    max_size=7,
    unique_by=lambda a: a.id,
)


def uses_of(fewest: int = 0) -> st.SearchStrategy[Use]:
    """Uses of at least so many categories."""
    touched = st.lists(st.sampled_from([*CATEGORIES, "undeclared"]), min_size=fewest, max_size=3, unique=True)
    return st.builds(
        Use,
        TIMES,
        st.sampled_from(ACTIONS),
        touched.map(lambda c: tuple(sorted(c))),
        st.sampled_from(["u1", "u1", "u2", "u3", None]),
        st.sampled_from(["c", "c", "other", "third"]),
        st.sampled_from([*PURPOSES, "unpromised", None]),
        st.sampled_from([*NAMED, "stranger", "c", "other", None]),
        st.sampled_from(["CN", "SG", "DE", "XX", None]),
    )


USES = uses_of()
