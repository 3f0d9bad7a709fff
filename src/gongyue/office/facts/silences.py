"""What somebody looks for and the text in force does not have: lists of members, and a way to change it that can be counted."""

from __future__ import annotations

from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.edition import Edition
from gongyue.governance.institution import Institution

LISTS, ADOPTION = "publication.list", "amendment.adoption"
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


def _why(edition: Edition) -> Said:
    """The sentences on changes that nothing could be bound in, as they stand; or that there are none."""
    left = [d for d in edition.decisions if d.capability == ADOPTION and d.verdict == "other"]
    if not left:
        return "没有写修改须多少成员同意", "it does not say how many members adopt a change"
    zh = "；".join(f"{label_of(d.at)}“{d.words}”（{d.reason}）" for d in left)
    en = "; ".join(f"{in_english(d.at)} “{d.words}” ({d.reason})" for d in left)
    return (
        f"所写的不是成员可以计票的份额，或说的是别的事：{zh}",
        f"what it says is no share of members that can be counted, or of another matter: {en}",
    )
