"""Documents of dossiers as letters, for whoever opens them; and a conclusion as it would be sent, before anybody signs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse

from gongyue.book.digest_words import digest_words
from gongyue.covenant.addresses import in_chinese
from gongyue.covenant.periods import iso
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.sanction import FACTORS
from gongyue.governance.sheet import VALUES
from gongyue.office import evidence
from gongyue.office.facts.dossiers import DossierFacts
from gongyue.office.facts.shapes import Said
from gongyue.office.openings import found_by
from gongyue.office.store.words import in_dossier
from gongyue.office.vault.cipher import Content
from gongyue.web import installation, letter_response
from gongyue.web import names as called
from gongyue.web.acting.panel_form import CONCLUDE, DECIDE, PROPOSE, REVIEW, exhibits
from gongyue.web.installation import Now
from gongyue.web.letters.dossiers import FoundOn, InDossier
from gongyue.web.pages import dossier_documents

TITLES = {
    CONCLUDE: ("调查结论书", "Conclusion of an investigation"),
    PROPOSE: ("拟处理意见书", "What is proposed"),
    DECIDE: ("处理决定书", "Decision"),
    REVIEW: ("复核决定书", "Decision on review"),
}
Read = Callable[[int, int], Content | str]
"""Reads the document of a number at a place, logged."""


def letter(now: Now, facts: DossierFacts, n: int, number: int, read: Read) -> HttpResponse:
    """The letter of a text that stands at a place, of a decision with all its paragraphs; Http404 of what is no text, or is erased."""
    if not 1 <= n <= len(facts.entries):
        raise Http404
    line = facts.entries[n - 1]
    body: Mapping[str, Any] = {}
    if line.type in TITLES:
        body = next(o.body for o in found_by(installation.office().store, in_dossier(facts.id)) if o.entry.rx.n == n)
    whole = line.type == DECIDE
    texts = {c: _text(read(n, k)) for k, c in enumerate(line.docs, 1) if whole or k == number}
    text = decision(body, texts) if whole else next(iter(texts.values()), "")
    name = line.called[number - 1] if 1 <= number <= len(line.called) else Said(line.zh, line.en)
    zh, en = TITLES.get(line.type, (name.zh, name.en))
    if line.type == REVIEW:
        text = _reviewed(body) + text
    if line.type == PROPOSE:
        text = f"拟作的处理：{body.get('kind') or '不作处理'}。\n" + text
    by = _names(now, line.signers or (line.actor,))
    said = _said(now, facts, (zh, en), n, line.day, by, text, body, " ".join(digest_words(line.digest, "zh")))
    return _pdf(now, said, line.day, f"dossier-{n}")


def _text(content: Content | str) -> str:
    text = None if isinstance(content, str) else dossier_documents.text_of(content)
    if text is None:
        raise Http404
    return text


def preview(
    now: Now, facts: DossierFacts, type: str, body: Mapping[str, Any], texts: Mapping[str, str], signers: Sequence[str]
) -> HttpResponse:
    """What a panel is to sign, as the accused would read it; `texts`: by their commitments."""
    today = iso(now.day)
    text = decision(body, texts) if type == DECIDE else texts.get(str(body.get("reasons")), "")
    if type == PROPOSE:
        text = f"拟作的处理：{body.get('kind') or '不作处理'}。\n" + text
    if type == REVIEW:
        text = _reviewed(body) + text
    return _pdf(now, _said(now, facts, TITLES[type], 0, today, _names(now, signers), text, body), today, "draft")


def decision(body: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """A decision in words: what is decided, the six factors, why the lighter does not suffice, what can be asked for afterwards."""
    kind = ACT_TYPES[DECIDE]
    paragraphs = (
        f"{kind.label(name)[0]}：{texts.get(str(body[name]), '')}" for name in (*FACTORS, "lighter") if body.get(name)
    )
    decided = f"决定：{body['kind']}。" if body.get("kind") else "决定：不作处理，只公布调查结果。"
    after = "不服的，可以在签收后请求复核，由没有参与本决定的人办理，不会加重。" if body.get("kind") else ""
    return "\n".join((decided, *paragraphs, after))


def _reviewed(body: Mapping[str, Any]) -> str:
    return f"复核结果：{VALUES[body['outcome']].zh}{'，改为' + body['kind'] if body.get('kind') else ''}。\n"


def _said(
    now: Now,
    facts: DossierFacts,
    title: tuple[str, str],
    n: int,
    day: str,
    by: str,
    text: str,
    body: Mapping[str, Any],
    ends: str = "",
) -> InDossier:
    return InDossier(
        _names(now, facts.parties),
        *title,
        facts.name.zh,
        n,
        day,
        by,
        text,
        ends,
        tuple(_found(now, facts, body.get("findings", ()))),
        bool(body.get("adverse")),
        facts.kind == "case",
    )


def _names(now: Now, parties: Sequence[str]) -> str:
    return "、".join(called.party_name(now.inst, one) for one in parties)


def _found(now: Now, facts: DossierFacts, findings: Sequence[Mapping[str, Any]]) -> Iterator[FoundOn]:
    text = now.inst.meaning.edition
    known = dict(exhibits(facts, evidence.dossier_at(installation.office(), facts.id)))
    for one in findings:
        at = str(one["article"])
        words = next((part.text for part in text.parts if part.at == at), "") if text else ""
        duty = VALUES[one["clause"]].zh if one.get("clause") else ""
        cited = tuple(known.get(c, "已删除的文书") for c in one.get("evidence", ()))
        yield FoundOn(in_chinese(at), words, bool(one["established"]), duty, cited)


def _pdf(now: Now, said: InDossier, day: str, name: str) -> HttpResponse:
    head = letter_response.head(now, day, f"{said.dossier} {said.n or '草稿'}", letter_response.address("home"))
    return letter_response.pdf(head, said, name)
