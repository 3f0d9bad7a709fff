from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from gongyue.conduct.findings import BadInput
from gongyue.conduct.gate import Gate
from gongyue.conduct.grants import Authorisation, Scope
from gongyue.conduct.instants import BEYOND, FIRST, LAST, UNITS, instant, iso, zone_of
from gongyue.conduct.uses import Unparsed, Use, Uses
from gongyue.conduct.verdict import KINDS, Verdict, key, verdict
from gongyue.covenant.refusals import catalogue
from tests.conduct.oracle import answer
from tests.conduct.world import AUTHORISATIONS, HOUR, TEN, USES, example, world

CORE = Scope(
    frozenset({"service"}), frozenset({"contact", "order"}), frozenset({"view", "transfer"}), frozenset({"courier"})
)


def auth(id: int = 1, start: int = 0, end: int = LAST, gone: int = LAST, scope: Scope = CORE) -> Authorisation:
    """An authorisation of 甲 to the example's controller."""
    return Authorisation(id, "u-jia", "xingtai", scope, start, end, gone)


def use(**changed: object) -> Use:
    """甲's order viewed for delivery at ten."""
    said = {"time": TEN, "action": "view", "categories": ("order",), "subject": "u-jia", "controller": "xingtai",
            "purpose": "delivery"}  # fmt: skip
    return Use(**(said | changed))  # type: ignore[arg-type]


def judged(a_use: Use, *grants: Authorisation) -> Verdict:
    """The verdict, of reference and gate alike."""
    found = verdict(a_use, grants, example())
    assert Gate(example(), grants).decide(a_use) == found
    return found


@settings(max_examples=600, deadline=None)
@given(USES, AUTHORISATIONS)
def test_the_reference_agrees_with_a_slow_oracle(a_use: Use, grants: list[Authorisation]) -> None:
    """On ties, overlaps, equal instants, deep purposes, nulls and 150 recipients: verdict, nearest and all failures."""
    found = verdict(a_use, grants, world())
    assert (found.kind, found.nearest, found.all_failed) == answer(a_use, grants, world())


@settings(max_examples=600, deadline=None)
@given(USES, AUTHORISATIONS)
def test_the_gate_agrees_with_the_reference(a_use: Use, grants: list[Authorisation]) -> None:
    """The very same verdict, also in whatever order the authorisations come."""
    expected = verdict(a_use, grants, world())
    assert Gate(world(), grants).decide(a_use) == expected
    assert Gate(world(), reversed(grants)).decide(a_use) == expected


@settings(max_examples=300, deadline=None)
@given(USES, AUTHORISATIONS)
def test_the_gate_agrees_also_among_many_scopes(a_use: Use, grants: list[Authorisation]) -> None:
    """A hundred scopes come before those in question: the same verdicts."""
    others = [auth(n + (1 << 39), scope=CORE._replace(regions=frozenset({f"R{n}"}))) for n in range(100)]
    assert Gate(world(), [*others, *grants]).decide(a_use) == verdict(a_use, grants, world())


@settings(max_examples=200, deadline=None)
@given(USES, AUTHORISATIONS)
def test_the_verdict_is_the_least_key_in_any_order(a_use: Use, grants: list[Authorisation]) -> None:
    """Folding by MIN gives the nearest, which is what lets every engine agree."""
    own = [g for g in grants if g.subject == a_use.subject and g.controller == a_use.controller]
    found = verdict(a_use, grants, world())
    if found.failed and not found.of_terms:
        assert min(key(a_use, g, world()) for g in own) & ((1 << 40) - 1) == found.nearest


def test_domain_8_e2_used_at_the_instant_of_withdrawal() -> None:
    """Withdrawn 10:00:00, used 10:00:00 → WITHDRAWN: an end is exclusive. A microsecond before it was allowed."""
    grant = auth(gone=TEN)
    assert judged(use(time=TEN - 1), grant).kind == "OK"
    found = judged(use(time=TEN), grant)
    assert (found.kind, found.article, found.code, found.nearest) == ("WITHDRAWN", "9(一)", "GY-09-01", 1)
    assert judged(use(time=TEN + 1), grant).kind == "WITHDRAWN"


def test_domain_8_e3_promised_delivery_used_for_marketing() -> None:
    """Promise "配送", use "营销" → PURPOSE, GY-08-01, article 8."""
    only_delivery = auth(scope=CORE._replace(purposes=frozenset({"delivery"})))
    found = judged(use(purpose="marketing"), only_delivery)
    assert (found.kind, found.code, found.article) == ("PURPOSE", "GY-08-01", "8")


def test_domain_8_e1_counts_and_sum() -> None:
    """955 OK, 25 PURPOSE, 12 EXPIRED, 8 NO_AUTH: 1,000 in all, 45 violations."""
    uses = [use()] * 955 + [use(purpose="marketing")] * 25 + [use(time=TEN + HOUR)] * 12 + [use(subject="u-none")] * 8
    found = [judged(u, auth(end=TEN + HOUR)).kind for u in uses]
    assert {kind: found.count(kind) for kind in set(found)} == {"OK": 955, "PURPOSE": 25, "EXPIRED": 12, "NO_AUTH": 8}


def test_domain_8_e4_any_other_verdict_is_another_value() -> None:
    """Two verdicts that differ in kind or nearest are never equal, so a root over them alters."""
    assert len({(k, n) for k in KINDS for n in (None, 1)}) == len({Verdict(k, n) for k in KINDS for n in (None, 1)})


@pytest.mark.parametrize(("at", "kind"), [(TEN - 1, "OK"), (TEN, "EXPIRED"), (TEN + 1, "EXPIRED")])
def test_an_end_is_exclusive(at: int, kind: str) -> None:
    """Before, at and after the end."""
    assert judged(use(time=at), auth(end=TEN)).kind == kind


@pytest.mark.parametrize(("at", "kind"), [(TEN - 1, "NOT_YET"), (TEN, "OK"), (TEN + 1, "OK")])
def test_a_start_is_inclusive(at: int, kind: str) -> None:
    """Before, at and after the start."""
    assert judged(use(time=at), auth(start=TEN)).kind == kind


def test_what_ended_first_is_what_ended_it() -> None:
    """Withdrawn after it expired → EXPIRED; at the same instant the person's word comes first."""
    later = use(time=TEN + HOUR)
    assert judged(later, auth(end=TEN - 1, gone=TEN)).kind == "EXPIRED"
    assert judged(later, auth(end=TEN, gone=TEN)).kind == "WITHDRAWN"
    assert judged(later, auth(end=TEN + 1, gone=TEN)).kind == "WITHDRAWN"


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"purpose": None}, "PURPOSE_UNKNOWN"),
        ({"purpose": "unheard-of"}, "PURPOSE_UNKNOWN"),
        ({"categories": ()}, "SCOPE"),
        ({"categories": ("order", "location")}, "SCOPE"),
        ({"action": "trade", "recipient": "suda"}, "ACTION"),
        ({"action": "transfer"}, "RECIPIENT"),
        ({"action": "transfer", "recipient": "stranger"}, "RECIPIENT"),
        ({"action": "transfer", "recipient": "suda"}, "OK"),
        ({"action": "transfer", "recipient": "xingtai"}, "OK"),
        ({"region": "CN"}, "OK"),
        ({"region": "SG"}, "REGION"),
        ({"subject": "u-nobody"}, "NO_AUTH"),
        ({"controller": "another"}, "NO_AUTH"),
        ({"subject": None}, "SUBJECT_UNKNOWN"),
        ({"subject": None, "purpose": "marketing"}, "PURPOSE"),
        ({"subject": None, "controller": "another"}, "NO_AUTH"),
        ({"subject": None, "time": 0}, "NOT_YET"),
        ({"purpose": "tax"}, "STATUTORY"),
        ({"purpose": "tax", "subject": None}, "STATUTORY"),
        ({"purpose": "tax", "action": "trade", "subject": "u-nobody"}, "NO_AUTH"),
    ],
)
def test_each_verdict_has_its_case(changed: dict[str, object], kind: str) -> None:
    """One change to an allowed use, and the verdict it gives; what is unknown never passes."""
    assert judged(use(**changed), auth()).kind == kind


def test_an_export_names_its_region() -> None:
    """Unknown → REGION; the one told → OK; another → REGION."""
    scope = CORE._replace(actions=frozenset({"export"}), regions=frozenset({"SG"}))
    sent = {region: judged(use(action="export", recipient="suda", region=region), auth(scope=scope)).kind
            for region in (None, "SG", "US")}  # fmt: skip
    assert sent == {None: "REGION", "SG": "OK", "US": "REGION"}


def test_nearest_is_fewest_failures_then_rank_then_lowest_id() -> None:
    """One failure before two; PURPOSE before EXPIRED; id 3 before id 7."""
    other = CORE._replace(purposes=frozenset({"marketing"}))
    two = auth(1, end=TEN, scope=other)
    assert judged(use(), two, auth(9, end=TEN)).nearest == 9
    assert judged(use(), auth(2, end=TEN), auth(5, scope=other)).kind == "PURPOSE"
    assert judged(use(), auth(7, end=TEN), auth(3, end=TEN)).nearest == 3


def test_the_lowest_covering_authorisation_is_cited() -> None:
    """Of two that cover, the lower id; the highest id there is fits the key."""
    assert judged(use(), auth(8), auth(4)).nearest == 4
    assert judged(use(), auth((1 << 40) - 1)).nearest == (1 << 40) - 1


def test_a_statutory_basis_permits_and_is_never_a_near_miss() -> None:
    """Nobody's authorisation and the wrong action for the statutory basis: NO_AUTH, not ACTION."""
    found = judged(use(purpose="tax", action="export", recipient="suda", region="SG", subject="u-nobody"))
    assert (found.kind, found.nearest) == ("NO_AUTH", None)


def test_what_could_not_be_parsed_is_unparsed() -> None:
    """By the reference and by the gate; GY-08-03."""
    bad = Unparsed("坏", "bad")
    assert verdict(bad, [], example()) == Gate(example()).decide(bad) == Verdict("UNPARSED")
    assert Verdict("UNPARSED").code == "GY-08-03"


def test_every_verdict_cites_an_article_and_speaks_both_languages() -> None:
    """Article 8 or 9(一), both texts, and a code that has its text."""
    codes = catalogue()["findings"]
    for kind in KINDS:
        said = Verdict(kind).words
        assert said["article"] in {"8", "9(一)"} and said["zh"] and said["en"]
        assert said["code"] in codes or Verdict(kind).clean


def test_every_finding_of_the_catalogue_is_met_by_a_test_of_the_toolkit() -> None:
    """A code that no test meets is no finding; the refusals of the fold are others."""
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    assert [code for code in catalogue()["findings"] if f'"{code}' not in tests] == []
    assert not catalogue()["findings"].keys() & catalogue()["refusals"].keys()


@pytest.mark.parametrize(
    "said",
    ["2026-05-01T10:00:00+08:00", "2026-05-01 02:00:00Z", "2026-04-30T22:00:00-04:00", "2026-05-01T10:00:00.000000+08:00", TEN, str(TEN)],
)  # fmt: skip
def test_one_instant_in_any_zone(said: object) -> None:
    """The same microsecond, however it is written."""
    assert instant(said) == TEN
    assert instant(iso(TEN)) == TEN


def test_a_time_without_a_zone_is_read_in_the_zone_stated_or_refused() -> None:
    """10:00 is no instant until the promise file says where."""
    assert instant("2026-05-01 10:00:00", zone=zone_of("+08:00")) == TEN
    with pytest.raises(BadInput, match="time_zone"):
        instant("2026-05-01 10:00:00")


@pytest.mark.parametrize("said", [None, True, "", "soon", "2026-02-30T00:00:00Z", 1.5, "9" * 30, float("nan"), [1],
             20260601, 2026, "2026", "202606", 46082, "46082", 0, "0", "01062026", "20261301", TEN // 1000, TEN * 1000, 4 * 10**18])  # fmt: skip
def test_what_is_no_instant_is_refused(said: object) -> None:
    """Never guessed."""
    with pytest.raises(BadInput):
        instant(said)


@pytest.mark.parametrize(
    ("unit", "said"), [("s", TEN // 1_000_000), ("ms", TEN // 1000), ("us", TEN), ("s", f"{TEN // 1_000_000}.0")]
)
def test_numbers_are_read_in_the_stated_unit(unit: str, said: object) -> None:
    """Seconds, milliseconds, microseconds."""
    assert instant(said, unit) == TEN


@pytest.mark.parametrize("unit", ["s", "ms", "us"])
def test_a_number_is_an_instant_within_the_years_it_can_mean(unit: str) -> None:
    """From 1990 to 2199, to the unit; what is refused says what the number would be and how to write it."""
    worth = UNITS[unit]
    for good in (FIRST, BEYOND - worth):
        assert instant(good // worth, unit) == instant(str(good // worth), unit) == good
    for bad in (FIRST // worth - 1, BEYOND // worth):
        for said in (bad, str(bad)):
            with pytest.raises(BadInput, match=f"time_unit.*{unit} is "):
                instant(said, unit)


def test_eight_digits_of_text_are_a_day() -> None:
    """20260501 is one in no other way of reading; as a number, it is refused."""
    assert instant("20260501", "s", zone_of("+08:00")) == TEN - 10 * HOUR
    with pytest.raises(BadInput, match="has no offset"):
        instant("20260501")
    with pytest.raises(BadInput, match="in s is 1970-08-23"):
        instant(20260501, "s", zone_of("+08:00"))


def test_a_log_row_is_mapped_by_the_promise() -> None:
    """Account → purpose, data set → categories, verb → action, zone of the file."""
    row = {
        "time": "2026-05-01 10:00:00",
        "actor": "etl_delivery",
        "action": "SELECT",
        "dataset": "shop.orders",
        "subject": 7,
    }
    found = Uses(example()).read(row)
    assert found == Use(TEN, "view", ("contact", "order"), "7", "xingtai", "delivery")


@pytest.mark.parametrize(
    ("changed", "categories"),
    [
        ({"columns": ["phone"]}, ("contact",)),
        ({"columns": "phone|amount"}, ("contact", "order")),
        ({"columns": ["unmapped"]}, ("contact", "order")),
        ({"category": "location"}, ("location",)),
        ({"dataset": "undeclared.table"}, ("undeclared.table",)),
    ],
)
def test_categories_are_stated_or_found_by_column_or_dataset(
    changed: dict[str, object], categories: tuple[str, ...]
) -> None:
    """What no map knows stays as it is, and so is in no scope."""
    row = {"time": TEN, "action": "view", "dataset": "shop.orders"} | changed
    assert Uses(example()).read(row).categories == categories


@pytest.mark.parametrize(
    "changed",
    [{"action": "peek"}, {"action": None}, {"time": None}, {"dataset": None}, {"subject": {}}, {"subject": True}],
)
def test_a_row_that_states_no_use_says_why(changed: dict[str, object]) -> None:
    """In both languages."""
    with pytest.raises(BadInput) as caught:
        Uses(example()).read({"time": TEN, "action": "view", "dataset": "shop.orders"} | changed)
    assert caught.value.zh and caught.value.en
