"""Documents of dossiers as letters, for whoever opens them; and a conclusion as it would be sent, before anybody signs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from django.http import Http404, HttpResponse

from gongyue.book.digest_words import digest_words
from gongyue.book.heads import parse_head
from gongyue.covenant.addresses import in_chinese
from gongyue.covenant.parties import AUTHORITY, is_unit
from gongyue.covenant.periods import from_iso, iso, moment
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.sanction import FACTORS
from gongyue.governance.sheet import VALUES
from gongyue.office import evidence
from gongyue.office.facts.dossiers import DossierFacts, DossierLine
from gongyue.office.facts.shapes import Said
from gongyue.office.openings import found_by
from gongyue.office.store import SEALED
from gongyue.office.store.words import in_dossier
from gongyue.office.vault.cipher import Content
from gongyue.web import installation, letter_response
from gongyue.web import names as called
from gongyue.web.accounts.officers import called_each
from gongyue.web.acting.panel_form import CONCLUDE, DECIDE, PROPOSE, REVIEW, exhibits
from gongyue.web.installation import Now
from gongyue.web.letters.dossiers import FoundOn, InDossier, PrintedHead, Slip
from gongyue.web.letters.typesetting import Sheet
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
    line = _line(facts, n)
    whole = line.type == DECIDE
    found = {k: read(n, k) for k in range(1, len(line.docs) + 1) if whole or k == number}
    texts = {line.docs[k - 1]: _text(content) for k, content in found.items()}
    title = line.called[number - 1] if 1 <= number <= len(line.called) else Said(line.zh, line.en)
    return _pdf(_letter(now, facts, line, title, texts, ()), n)


def whole_sheet(now: Now, facts: DossierFacts, n: int, read: Read) -> Sheet:
    """The letter of all that was done at a place: the texts it brought, one after the other, and the names of what is no text and goes with it.

    What was served comes with a slip to return; what was erased is said to be.
    """
    line = _line(facts, n)
    texts: dict[str, str] = {}
    enclosed: list[str] = []
    for k, c in enumerate(line.docs, 1):
        content = read(n, k)
        text = None if isinstance(content, str) else dossier_documents.text_of(content)
        if text is not None:
            texts[c] = text
        elif isinstance(content, str):
            texts[c] = f"{line.called[k - 1].zh}：内容已依法删除，或现在读不出。"
        else:
            enclosed.append(f"{line.called[k - 1].zh}：{content.name}")
    return _letter(now, facts, line, Said(line.zh, line.en), texts, tuple(enclosed))


def _line(facts: DossierFacts, n: int) -> DossierLine:
    if not 1 <= n <= len(facts.entries):
        raise Http404
    return facts.entries[n - 1]


def _letter(
    now: Now, facts: DossierFacts, line: DossierLine, title: Said, texts: Mapping[str, str], enclosed: tuple[str, ...]
) -> Sheet:
    body: Mapping[str, Any] = {}
    if line.type in TITLES:
        body = next(
            o.body for o in found_by(installation.office().store, in_dossier(facts.id)) if o.entry.rx.n == line.n
        )
    text = decision(body, texts) if line.type == DECIDE else _one_after_the_other(line, texts)
    zh, en = TITLES.get(line.type, (title.zh, title.en))
    if line.type == REVIEW:
        text = _reviewed(body) + text
    if line.type == PROPOSE:
        text = f"拟作的处理：{body.get('kind') or '不作处理'}。\n" + text
    if line.says.zh and line.type not in TITLES:
        zh, en = f"{zh}：{line.says.zh}", f"{en}: {line.says.en}"
    if line.officers:
        text = f"{_names(now, line.officers)}。\n{text}"
    said = _said(now, facts, (zh, en), line.n, line.day, _names(now, line.signers or (line.actor,)), text, body)
    said = msgspec.structs.replace(
        said,
        unit=addressee(now, facts, line),
        ends=" ".join(digest_words(line.digest, "zh")),
        enclosed=enclosed,
        kept=None if _to_authority(line) else printed_head(facts.id),
        slip=_slip(facts, line, texts, enclosed),
    )
    page = letter_response.address("home" if _to_authority(line) else "my_dossiers")
    return _sheet(now, said, line.day, page)


def _one_after_the_other(line: DossierLine, texts: Mapping[str, str]) -> str:
    """The texts of an entry; where there are several, each under its number."""
    if len(texts) == 1:
        return next(iter(texts.values()))
    return "\n".join(f"{line.called[line.docs.index(c)].zh}：\n{text}" for c, text in texts.items())


def _to_authority(line: DossierLine) -> bool:
    """Whether it is the authority's to read: what is forwarded or referred to it. It is no party, and keeps no head."""
    return line.type == "referral.make/1" or (
        line.type == "petition.answer/1" and line.says.zh == VALUES["forwarded"].zh
    )


def addressee(now: Now, facts: DossierFacts, line: DossierLine) -> str:
    """To whom it is sent: the authority, the parties; of what a party said itself, the executive body."""
    if line.type == "petition.answer/1" and _to_authority(line):
        named = now.inst.founding.receives_petitions(from_iso(line.day))
        return named.name if named else called.party_name(now.inst, AUTHORITY)
    if line.type == "referral.make/1":
        return line.says.zh.partition("，")[0]
    if is_unit(line.actor):
        return now.inst.genesis.executive if now.inst.genesis else ""
    return _names(now, facts.parties)


def printed_head(dossier: str) -> PrintedHead:
    """The head of a dossier now, as letters print it."""
    office = installation.office()
    note = office.head(dossier)
    told = parse_head(note, *(signer.verifier for signer in office.keys.signers(SEALED)))
    return PrintedHead(told.n, moment(told.time), " ".join(digest_words(told.digest, "zh")), note.decode())


def _slip(facts: DossierFacts, line: DossierLine, texts: Mapping[str, str], enclosed: tuple[str, ...]) -> Slip | None:
    """What comes back signed, of what was served and nobody has acknowledged yet."""
    if line.type != "dossier.serve/1" or line.void or line.received:
        return None
    named = [name.zh for name, c in zip(line.called, line.docs, strict=True) if c in texts]
    return Slip(facts.name.zh, line.n, (*named, *enclosed))


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
    said = _said(now, facts, TITLES[type], 0, today, _names(now, signers), text, body)
    return _pdf(_sheet(now, said, today), 0)


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
    return "、".join(called_each(now.inst, parties).values())


def _found(now: Now, facts: DossierFacts, findings: Sequence[Mapping[str, Any]]) -> Iterator[FoundOn]:
    text = now.inst.meaning.edition
    known = dict(exhibits(facts, evidence.dossier_at(installation.office(), facts.id)))
    for one in findings:
        at = str(one["article"])
        words = next((part.text for part in text.parts if part.at == at), "") if text else ""
        duty = VALUES[one["clause"]].zh if one.get("clause") else ""
        cited = tuple(known.get(c, "已删除的文书") for c in one.get("evidence", ()))
        yield FoundOn(in_chinese(at), words, bool(one["established"]), duty, cited)


def _sheet(now: Now, said: InDossier, day: str, page: str = "") -> Sheet:
    page = page or letter_response.address("home")
    return Sheet(letter_response.head(now, day, f"{said.dossier} {said.n or '草稿'}", page), said)


def _pdf(sheet: Sheet, n: int) -> HttpResponse:
    return letter_response.pdf(*sheet, f"dossier-{n}" if n else "draft")
