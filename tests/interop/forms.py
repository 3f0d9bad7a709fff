"""Section 1.3 and acts.md: which bodies an act type may have. Forms are read off acts.md, where they are written as types."""

from __future__ import annotations

import ast
import datetime
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Form = Callable[[Any], bool]
DIGEST, ID = r"sha256:[0-9a-f]{64}", r"[0-9a-z][0-9a-z-]{0,39}"
TYPE, SHARE = r"[a-z]+\.[a-z_]+/\d+", r">?[1-9]\d{0,9}/[1-9]\d{0,9}"
SLUG = r"[A-Za-z0-9][A-Za-z0-9._/@-]{0,59}"
ADDRESS = r"[0-9./#§¶〇零一二三四五六七八九十百千]{1,20}"
DATE = r"[12]\d\d\d-\d\d-\d\d"
OFFICES = "secretary clerk caseworker panellist mediator publisher sysop"
ACTIVITIES = "infrastructure application analysis computing data-resources vertical research education service"
FIGURES = (
    "reports answered declined cases concluded established recusals sanctions reviews due overdue applications"
    " not_admitted questions petitions"
)
BULLETINS = "regulations policy discipline warning guidance result rehabilitation"
GROUNDS = (
    "complexity party_request authority_request recusal_pending authority_answered recusal_decided held not_asked"
    " settled moot party_left necessary"
)


def is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def within(least: int, most: int = 2**53 - 1) -> Form:
    return lambda value: is_int(value) and least <= value <= most


def text(least: int, most: int) -> Form:
    return lambda value: isinstance(value, str) and least <= len(value) <= most


def pattern(expression: str) -> Form:
    return lambda value: isinstance(value, str) and re.fullmatch(expression, value) is not None


def words(listed: str) -> Form:
    return lambda value: isinstance(value, str) and value in listed.split()


def many(of: Form, least: int = 0, most: int = 2**53) -> Form:
    return lambda value: isinstance(value, list) and least <= len(value) <= most and all(map(of, value))


def either(*forms: Form) -> Form:
    return lambda value: any(form(value) for form in forms)


def record(**fields: Form) -> Form:
    """Exactly these fields."""
    return lambda v: isinstance(v, dict) and set(v) == set(fields) and all(form(v[n]) for n, form in fields.items())


def null(value: Any) -> bool:
    return value is None


digest, unit, officer = pattern(DIGEST), pattern(f"u:{ID}"), pattern(f"o:{ID}")
date, name, slug, types = pattern(DATE), text(1, 120), pattern(SLUG), many(pattern(TYPE), 1, 40)
key, offices = pattern(r"k:(?:[0-9a-f]{64}|[0-9a-f]{66})"), many(words(OFFICES))
value = either(lambda v: is_int(v) and v <= 3650, text(0, 40))
empty = text(0, 0)
FORMS: dict[str, Form] = {
    **dict.fromkeys(("Digest", "PublicDigest", "Commitment", "SealedActDigest", "EnclosedDigest"), digest),
    **dict.fromkeys(("LinkDigest", "RootDigest"), digest),
    **dict.fromkeys(("OptionalLink", "Openings", "HandedOpenings"), either(empty, digest)),
    "UnitId": unit,
    "OfficerId": officer,
    "MatterId": pattern(f"[a-z]:{ID}"),
    "Holder": either(unit, officer, words("authority sys")),
    "Documents": many(digest, 0, 20),
    "SomeDocuments": many(digest, 1, 20),
    "Figure": words(FIGURES),
    "Told": either(within(3), null),
    "SanctionKind": text(1, 60),
    "AccusedId": either(unit, officer, words("exec")),
    "Address": pattern(ADDRESS),
    "ReportKind": words("report own elsewhere"),
    "ReportAnswer": words("declined joined opened outcome"),
    "Found": record(
        article=pattern(ADDRESS),
        clause=either(slug, null),
        established=lambda v: isinstance(v, bool),
        evidence=many(digest, 0, 20),
        signed=either(digest, null),
    ),
    "PetitionKind": words("wish demand interest"),
    "PetitionAnswer": words("forwarded explained replied"),
    "BulletinKind": words(BULLETINS),
    "IssuedKind": words(BULLETINS.replace(" result", "")),
    "Audience": words("internal society"),
    "PlaceInMembers": within(1),
    "Asked": words("recusal hearing review reconsideration extension unopened naming showing redaction"),
    "Served": words("notice evidence proposal decision review reply recorded preview record"),
    "Role": words("caseworker panel reviewers mediator"),
    "Ordered": words("extend pause resume heard terminate admit"),
    "Ground": words(GROUNDS),
    "Assigned": record(officer=officer, interests=many(unit, 0, 20)),
    "KeyId": key,
    "Date": date,
    "Time": within(0, 32503651200 - 1),
    "Count": within(0),
    "Name": name,
    "Other": text(0, 60),
    "Code": text(0, 18),
    "RefusalCode": pattern(r"(?:[A-Za-z][A-Za-z0-9/-]{1,58})?"),
    "Slug": slug,
    "Algorithm": words("ed25519 webauthn"),
    "Office": words(OFFICES),
    "Activities": many(words(ACTIVITIES), 0, 9),
    "Way": words("letter message telephone in_person"),
    "Choice": words("consent against abstain"),
    "Outcome": words("adopted rejected no_quorum"),
    "ShareText": pattern(SHARE),
    "QuorumText": either(empty, pattern(SHARE)),
    "ActTypes": types,
    "Value": value,
    "ArticleNumber": within(1, 999),
    "FirstOfficer": record(id=officer, key=key, offices=offices, begins=date, ends=date),
    "Authority": record(name=name, basis=digest),
    "AuthorityRole": words("approver addressee supervisor"),
    "Initiator": record(id=unit, name=name, code=text(0, 18)),
    "PowerOfAttorney": record(document=digest, begins=date, ends=date),
    "Published": record(url=pattern(r"https?://[!-~]{3,300}"), evidence=digest),
    "Prohibition": record(source=name, types=types),
    "Set": record(name=slug, value=value),
    "str": lambda v: isinstance(v, str),
    "int": is_int,
    "bool": lambda v: isinstance(v, bool),
    "Any": lambda v: True,
}


def _bounded(of: Form, given: dict[str, Any]) -> Form:
    def form(v: Any) -> bool:
        if not of(v):
            return False
        low, high = given.get("ge", given.get("min_length")), given.get("le", given.get("max_length"))
        size = v if is_int(v) else len(v)
        fits = (low is None or size >= low) and (high is None or size <= high)
        return fits and ("pattern" not in given or re.search(given["pattern"], v) is not None)

    return form


def form_of(node: ast.expr) -> Form:
    """A form as acts.md writes it."""
    match node:
        case ast.Name(id=known):
            return FORMS[known]
        case ast.Constant(value=None):
            return null
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return either(form_of(left), form_of(right))
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=[of, _])):
            return many(form_of(of))
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[keys, values])):
            each, held = form_of(keys), form_of(values)
            return lambda v: isinstance(v, dict) and all(map(each, v)) and all(map(held, v.values()))
        case ast.Subscript(value=ast.Name(id="Literal"), slice=listed):
            choices = ast.literal_eval(listed)
            return words(" ".join([choices] if isinstance(choices, str) else choices))
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[of, ast.Call(keywords=given)])):
            return _bounded(form_of(of), {str(k.arg): _number(k.value) for k in given})
    raise ValueError(ast.dump(node))


def _number(node: ast.expr) -> Any:
    """A bound: a constant, or sums, products and powers of such."""
    if isinstance(node, ast.BinOp):
        left, right = _number(node.left), _number(node.right)
        return {ast.Mult: left * right, ast.Sub: left - right, ast.Pow: left**right}[type(node.op)]
    return ast.literal_eval(node)


def _types() -> dict[str, dict[str, tuple[Form, str]]]:
    """Of each type its fields: form, and default as JSON, empty where it must be there."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "acts.md").read_text("utf-8")
    found = {}
    for part in re.split(r"\n### ", page)[1:]:
        rows = re.findall(r"^\| `(\w+)` \| `(.*?)` \| (.*?) \|$", part, re.MULTILINE)
        fields = {n: (ast.parse(f.replace("\\|", "|"), mode="eval").body, default) for n, f, default in rows}
        found[part.split("\n")[0]] = {n: (form_of(f), default.strip(" `")) for n, (f, default) in fields.items()}
    return found


TYPES = _types()


def _strings(v: Any) -> Iterator[str]:
    if isinstance(v, str):
        yield v
    for one in v if isinstance(v, list) else v.values() if isinstance(v, dict) else ():
        yield from _strings(one)


def _is_day(written: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(written))
    except ValueError:
        return False


def body_of(type: str, body: Any) -> dict[str, Any] | None:
    """The body with its defaults; None where the whitelist does not allow it."""
    fields = TYPES[type]
    if not isinstance(body, dict) or not set(body) <= set(fields):
        return None
    if any(not form(body[n]) if n in body else not default for n, (form, default) in fields.items()):
        return None
    if any(re.fullmatch(DATE, one) and not _is_day(one) for one in _strings(body)):
        return None
    return {n: json.loads(default) for n, (_, default) in fields.items() if default} | body
