"""What somebody looks for and the text in force does not have: lists of members, and a way to change it that can be counted."""

from __future__ import annotations

from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.binding import unseen_matters
from gongyue.covenant.bound_persons import body_alone_proposes
from gongyue.covenant.edition import Edition
from gongyue.governance.institution import Institution

LISTS, ADOPTION = "publication.list", "amendment.adoption"
ENOUGH = 2
"""Panellists who sign for the executive body."""
Said = tuple[str, str]


def of_lists(inst: Institution) -> Said | None:
    """That the text has no clause on lists, and where the roll is; None where it has one, or there is no text yet."""
    if inst.meaning.edition is None or not inst.meaning.suspended(LISTS):
        return None
    return (
        "本文没有公布名单的条款，没有人须公布名单；名册照样公开，加入、退出即时可见：网页 /register/（成员名录），命令 gongyue membership roll。",
        "This text has no clause on publishing lists, and nobody owes one; the live roll is public all the same, with every joining and leaving:"
        " the page /register/ (Register of members), the command gongyue membership roll.",
    )


def of_proposers(inst: Institution, day: int) -> Said | None:
    """That a body alone proposes changes and two panellists, who file them for it, are not in office; None where nothing is missing."""
    body, edition = body_alone_proposes(inst.meaning.edition), inst.meaning.edition
    if not body or edition is None or edition.clause(ADOPTION) is None:
        return None
    serving = sum("panellist" in one.held(day) for one in inst.officers.values())
    if serving >= ENOUGH:
        return None
    return (
        f"修改只由{body}提出：在这里由执行机构的两名审议人签署（amendment initiate、amendment file），现任审议人 {serving} 名，还办不了；"
        "先任命：gongyue office appoint --officer o:… --offices panellist …（公示期满到任）。",
        f"{body} alone proposes changes: two panellists sign them here for the executive body (amendment initiate, amendment file); {serving} panellist"
        f"{'s are' if serving != 1 else ' is'} in office, so that none can be filed yet. Appoint one: gongyue office appoint --officer o:… --offices"
        " panellist … (who serves after the visible delay).",
    )


def of_changes(edition: Edition | None) -> Said | None:
    """That the text cannot be changed here, why, and what to do; None where it says what share of members adopts a change."""
    if edition is None or edition.clause(ADOPTION) is not None:
        return None
    zh, en = _why(edition)
    return (
        f"本文在这里不能修改：{zh}。簿册只计成员的票，不载别的机构的决定，所以修改提议一概不受理；现行各条照旧执行。要改：由本文所定的机构自行决定，再以改好的文本另建簿册订立"
        "（gongyue init、gongyue founding bind），其中最好写明成员的份额，如“经三分之二以上成员单位同意”；原簿册原样保存，照旧可以核验。",
        f"This text cannot be changed here: {en}. The book counts members' votes and records no other body's decision, so that no proposal of a change is"
        " taken; what is in force goes on being carried out. To change it: the body that the text names decides by itself, and the changed text is founded in a"
        " book of its own (gongyue init, gongyue founding bind), at best with a share of the members, as 经三分之二以上成员单位同意; this book is kept as it"
        " is and verifies as before.",
    )


def speaks_of_changes(edition: Edition, at: str) -> bool:
    """Whether a sentence on changes that nothing is bound in stands there."""
    return any(d.capability == ADOPTION and d.at == at for d in edition.decisions) or any(
        s.at == at for s in unseen_matters.changes(edition.parts)
    )


def _why(edition: Edition) -> Said:
    """The sentences on changes, decided to be another matter or never found, that nothing could be bound in, as they stand; or that there are none."""
    left = [(d.at, d.words, d.reason) for d in edition.decisions if d.capability == ADOPTION and d.verdict == "other"]
    known = {(at, words) for at, words, _ in left}
    left += [(s.at, s.words, "") for s in unseen_matters.changes(edition.parts) if (s.at, s.words) not in known]
    if not left:
        return "没有写修改须多少成员同意", "it does not say how many members adopt a change"
    zh = "；".join(f"{label_of(at)}“{words}”{f'（{reason}）' * bool(reason)}" for at, words, reason in left)
    en = "; ".join(f"{in_english(at)} “{words}”{f' ({reason})' * bool(reason)}" for at, words, reason in left)
    return (
        f"所写的不是成员可以计票的份额，或说的是别的事：{zh}",
        f"what it says is no share of members that can be counted, or of another matter: {en}",
    )
