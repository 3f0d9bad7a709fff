"""Documents of dossiers as letters, for whoever opens them; and a conclusion as it would be sent, before anybody signs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse

from gongyue.book.digest_words import digest_words
from gongyue.covenant.addresses import in_chinese
from gongyue.covenant.periods import iso
from gongyue.governance.sheet import VALUES
from gongyue.office import evidence
from gongyue.office.facts.dossiers import DossierFacts
from gongyue.office.openings import found_by
from gongyue.office.store.words import in_dossier
from gongyue.office.vault.cipher import Content
from gongyue.web import installation, letter_response
from gongyue.web import names as called
from gongyue.web.acting.panel_form import CONCLUDE, exhibits
from gongyue.web.installation import Now
from gongyue.web.letters.dossiers import FoundOn, InDossier
from gongyue.web.pages import dossier_documents

CONCLUSION = ("调查结论书", "Conclusion of an investigation")


def letter(now: Now, facts: DossierFacts, n: int, content: Content | str) -> HttpResponse:
    """The letter of a text that stands at a place; Http404 of one that is no text, or is erased."""
    text = None if isinstance(content, str) else dossier_documents.text_of(content)
    if text is None:
        raise Http404
    line = facts.entries[n - 1]
    body: Mapping[str, Any] = {}
    if line.type == CONCLUDE:
        body = next(o.body for o in found_by(installation.office().store, in_dossier(facts.id)) if o.entry.rx.n == n)
    zh, en = CONCLUSION if line.type == CONCLUDE else (line.zh, line.en)
    if line.says.zh and line.type != CONCLUDE:
        zh, en = f"{zh}：{line.says.zh}", f"{en}: {line.says.en}"
    by = _names(now, line.signers or (line.actor,))
    said = _said(now, facts, (zh, en), n, line.day, by, text, body, " ".join(digest_words(line.digest, "zh")))
    return _pdf(now, said, line.day, f"dossier-{n}")


def preview(now: Now, facts: DossierFacts, body: Mapping[str, Any], text: str, signers: Sequence[str]) -> HttpResponse:
    """A conclusion nobody has signed yet, as the accused would read it."""
    today = iso(now.day)
    return _pdf(now, _said(now, facts, CONCLUSION, 0, today, _names(now, signers), text, body), today, "draft")


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
