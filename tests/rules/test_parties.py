"""Unified social credit codes (GB 32100-2015): what the check character catches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.covenant.parties import credit_code_check, fictional_code, is_credit_code, is_unit, organisation_check

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("code", ["91110108551385082Q", "91350100M000100Y43", "12100000400002259P"])
def test_codes_in_use_pass(code: str) -> None:
    """A company, the standard's own example, a public institution."""
    assert is_credit_code(code)


@pytest.mark.parametrize("code", ["", "91110108551385082", "91110108551385082QQ", "9111010855138508IQ", "91110108551385082q",
                                  " 91110108551385082Q", "９1110108551385082Q", "91110108551385082Q\n"])  # fmt: skip
def test_what_has_not_the_form_fails(code: str) -> None:
    """Too short, too long, a letter the standard leaves out, lower case, blanks, full width."""
    assert not is_credit_code(code)


@settings(deadline=None)  # nothing is asserted about time
@given(st.integers(1, 10**8 - 1), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_substitution_of_one_character_is_detected(serial: int, place: int, other: str) -> None:
    """A code with one character replaced by another never passes."""
    code = fictional_code(serial)
    changed = code[:place] + other + code[place + 1 :]
    assert is_credit_code(changed) == (changed == code)


def test_transpositions_of_neighbours_are_detected_but_for_a_known_few() -> None:
    """The weights are powers of 3 mod 31, all different, so neighbours that differ never pass when exchanged."""
    undetected = 0
    for serial in range(1, 400):
        code = fictional_code(serial)
        for i in range(16):
            changed = code[:i] + code[i + 1] + code[i] + code[i + 2 :]
            undetected += changed != code and is_credit_code(changed)
    assert undetected == 0


def test_fictional_codes_lie_in_no_region_and_pass_every_check() -> None:
    """Region 000000 does not exist; the embedded organisation code has its own check character."""
    code = fictional_code(37)
    assert code[2:8] == "000000"
    assert code[16] == organisation_check(code[8:16])
    assert credit_code_check(code[:17]) == code[17]
    assert len({fictional_code(i) for i in range(1, 1000)}) == 999


@pytest.mark.parametrize(("first8", "check"), [("D2143569", "X"), ("55138508", "2"), ("40000225", "9")])
def test_organisation_codes_have_the_check_character_of_the_standard(first8: str, check: str) -> None:
    """GB 11714: the standard's example, and codes in use."""
    assert organisation_check(first8) == check


def test_a_unit_is_told_by_its_prefix() -> None:
    """u: is a unit; officers, the executive body and the authority are not."""
    assert is_unit("u:0001")
    assert not any(map(is_unit, ("o:qin", "exec", "sys", "authority", "")))
