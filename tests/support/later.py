"""What a future release may bring: later packages of interpretations, a later catalogue of capabilities."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

import msgspec
import pytest

from gongyue.covenant import procedure
from gongyue.covenant.binding import catalogue
from gongyue.covenant.binding.catalogue import Catalogue
from gongyue.covenant.procedure import Package, ProcedureRule, Reading, grown

FIRST_PACKAGE, SECOND_PACKAGE, RELEASED, LATER, LATEST = (f"gongyue/interpretations@{n}" for n in (1, 2, 3, 4, 5))
RULE = ProcedureRule(
    "sanction.list", "day", 30, 10, 90, "复核作出决定的期限（演示）", "decide a review (demonstration)"
)
READING = Reading(
    "bulletin.issue", ("public", "members"), "通报向谁发布（演示）", "to whom circulars are issued (demonstration)"
)


def bring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on as software that knows two later packages; what those there are say is as it is."""
    brought = [tomllib.loads(files("gongyue.covenant").joinpath(name).read_text("utf-8")) for name in procedure.FILES]
    known = [msgspec.convert(one, Package) for one in brought]
    fourth = Package(LATER, {"P21": RULE}, {"bulletin.times": READING})
    fifth = Package(
        LATEST, {}, {"review.by": Reading("sanction.list", ("other",), "另组复核（演示）", "by others (demonstration)")}
    )
    packages = grown([*known, fourth, fifth])
    monkeypatch.setattr(procedure, "packages", lambda: packages)


# -- a later clause catalogue

READER = "gongyue/reader@2"
ENVIRONMENT, LANGUAGE = "conduct.environment", "publication.language"
BROUGHT = f"""
v = "gongyue/capabilities@1"
reader = "{READER}"

["{ENVIRONMENT}"]
means_zh = "谁倡议创造发展环境（演示）。"
means_en = "Who calls for a good environment (demonstration)."
zh = "发展环境"
en = "a good environment"
needs = ["words"]
absent = "off"
acts = ["annex.environment"]
find = [[["推进行业自律"]]]
not = {{ words = "自然环境", why = "nature", by = "find" }}

["{LANGUAGE}"]
means_zh = "以何种文字公布（演示）。"
means_en = "In which language it is published (demonstration)."
zh = "公布文字"
en = "the language of publication"
needs = ["words", "period"]
absent = "default"
then = "以中文公布 / published in Chinese"
acts = ["annex.language"]
find = [[["公布文字", "译本"]]]
not = {{ words = "文字说明", why = "prose", by = "find" }}
"""
WORDS = "积极推进行业自律，创造良好的行业发展环境"
"""Words of article 4 that the first of them is bound to."""


def catalogues() -> tuple[Catalogue, ...]:
    """The catalogues as that software has them."""
    first = FIRST_CATALOGUE
    return first, catalogue.load(BROUGHT, first)


FIRST_CATALOGUE = catalogue.catalogues()[0]


def bring_capabilities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on as software that knows two capabilities more."""
    known = catalogues()
    monkeypatch.setattr(catalogue, "catalogues", lambda: known)


@contextmanager
def capabilities() -> Iterator[None]:
    """The same for a while."""
    with pytest.MonkeyPatch.context() as patched:
        bring_capabilities(patched)
        yield
