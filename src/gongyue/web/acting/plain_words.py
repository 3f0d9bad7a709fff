"""What an act does once it is signed, in one sentence with names and figures, and what follows from it: nobody signs a hash."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
from django.utils.safestring import SafeString

from gongyue.covenant.counting import enough_of
from gongyue.covenant.parties import EXECUTIVE, is_unit
from gongyue.governance.acts import Book
from gongyue.office.applications import Application, applications
from gongyue.office.facts.annexes import taken_over
from gongyue.office.facts.dossier_words import officers_of, said_of
from gongyue.office.facts.proposals import support
from gongyue.transparency import canonical
from gongyue.web import installation, names
from gongyue.web.accounts.officers import called
from gongyue.web.acting import case_words, consent_form, ending_words, notes, sanction_words
from gongyue.web.acting.labels import VALUES
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now
from gongyue.web.pages.act_descriptions import party, told_beforehand
from gongyue.web.pages.timeline import title_of
from gongyue.web.templatetags.words import chinese, pick, t
from gongyue.web.workspace.own_unit import OwnUnit

MEMBERS_ALONE = frozenset({"members"})
"""Within which dossier what goes to all members stands."""
Shown = Mapping[str, Any]


class PlainWords(msgspec.Struct, frozen=True):
    """One sentence that says what is done by signing, and what follows from it."""

    sentence: SafeString
    follows: tuple[str, ...]


def plain_words(now: Now, draft: Draft, shown: Shown) -> PlainWords:
    """The draft in a sentence; `shown` is what stands in its introduction."""
    who = _who(now, draft.actor)
    made = _SENTENCES.get(draft.type, _any)(now, draft, who, shown) or _any(now, draft, who, shown)
    return PlainWords(made, tuple(_follows(draft)))


def _who(now: Now, actor: str) -> SafeString:
    if actor == EXECUTIVE:
        return t("联盟执行机构", "The executive body")
    return chinese(OwnUnit(now, actor).name) if is_unit(actor) else party(now, actor)


def _any(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString:
    """Any act: what it is called, and to what it is done."""
    sheet = draft.kind.sheet
    what = told_beforehand(now, draft.type, dict(draft.body)) or _chosen(now, draft)
    if what:
        return t("{who}：{do}——{what}。", "{who}: {do} — {what}.", who=who, do=pick(sheet.zh, sheet.do), what=what)
    return t("{who}：{do}。", "{who}: {do}.", who=who, do=pick(sheet.zh, sheet.do))


def _chosen(now: Now, draft: Draft) -> SafeString | None:
    """What an act in a dossier chose, and which officers it names."""
    if not draft.kind.in_dossier:
        return None
    said = said_of(now.inst, draft.kind, draft.body)
    officers = [called(now.inst, one) for one in officers_of(draft.body)]
    told = [one for one in (pick(said.zh, said.en), pick("、", ", ").join(officers)) if one]
    return chinese(pick("：", ": ").join(told)) if told else None


def _initiate(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString | None:
    articles = shown.get("articles")
    if not articles:
        return None
    which = pick("、", ", ").join(change.name for change in articles)
    said = t("{who}提议修改{which}。", "{who} proposes to amend {which}.", who=who, which=which)
    if draft.actor == EXECUTIVE:
        return said
    share = now.inst.meaning.share_or_none("amendment.proposal")
    needed = enough_of(share.size, len(now.inst.members)) if share else 1
    return said + t(
        "签署后开始征集附议：{n} 家成员单位中须有 {e} 家（含提议的一家），方可提出、表决。",
        " Support is then collected: {e} of {n} members, the proposer included, must support it before it is filed and voted on.",
        n=len(now.inst.members),
        e=needed,
    )


def _apply(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString:
    """By the name it gives itself: the book may not know it."""
    return t(
        "{who}申请加入本公约，带上今后签署用的密钥。",
        "{who} applies to join the covenant and brings the key it will sign with.",
        who=chinese(str(draft.body.get("name", ""))),
    )


def _support(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString | None:
    proposal = now.inst.proposals.get(str(draft.body.get("proposal")))
    if proposal is None:
        return None
    count = support(now, proposal)
    return t(
        "{who}附议“{title}”。这是第 {c} 家附议，须 {e} 家；附议不等于同意修改。",
        "{who} supports “{title}”. It is supporter no. {c} of {e} needed; to support is not to consent.",
        who=who,
        title=title_of(now, proposal.id),
        c=count.count + 1,
        e=count.enough,
    )


def _file(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString | None:
    proposal = now.inst.proposals.get(str(draft.body.get("proposal")))
    if proposal is None:
        return None
    count = support(now, proposal)
    return t(
        "{who}正式提出“{title}”，附议 {c} 家，须 {e} 家；附议人数就此一次算定，随后开始表决。",
        "{who} files “{title}” with {c} supporters of {e} needed; they are counted now, once, and the vote is opened next.",
        who=who,
        title=title_of(now, proposal.id),
        c=count.count,
        e=count.enough,
    )


def _declare(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString:
    """By the officer's name, which the book does not have."""
    return t(
        "{who}申报本人的利害关系；指派办案时据以计算回避。",
        "{who} declares its interests; recusal is computed from them when cases are assigned.",
        who=chinese(called(now.inst, str(draft.body.get("officer", "")))),
    )


def _ballot(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString | None:
    vote = now.inst.votes.get(str(draft.body.get("vote")))
    if vote is None:
        return None
    cast = OwnUnit(now, draft.actor).ballot(vote.id) if is_unit(draft.actor) and draft.party == draft.actor else None
    before = (
        t("它取代此前所投的“{before}”，以最后一次为准。", " It takes the place of the ballot cast before ({before}): the last one counts.",
          before=names.localise(names.CHOICES, str(cast.fields["choice"])))
        if cast is not None and not vote.outcome
        else SafeString("")
    )  # fmt: skip
    said = t(
        "{who}对“{title}”投票：{choice}。名册上 {n} 家，一家一票。",
        "{who} votes on “{title}”: {choice}. There are {n} units on the roll, one vote each.",
        who=who,
        title=title_of(now, vote.id),
        choice=names.localise(names.CHOICES, str(draft.body.get("choice"))),
        n=len(vote.roll),
    )
    return said + before


def application_named(now: Now, draft: Draft) -> Application | None:
    """The application that a draft grants or refuses."""
    said = {str(draft.body.get(name)) for name in ("application", "of")}
    for one in applications(now.inst, installation.office().store):
        if canonical.digest(one.opened.line) in said or one.opened.commitment in said:
            return one
    return None


def _grant(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString | None:
    one = application_named(now, draft)
    if one is None:
        return None
    return t(
        "{who}准予{name}加入本公约。自载入公开簿之时起，它是第 {n} 家成员单位，享有表决等权利，受全部 {a} 条约束。",
        "{who} admits {name} to the covenant. From its entry in the open book on it is member no. {n}: it votes, and all {a} articles bind it.",
        who=who,
        name=chinese(one.said.name),
        n=len(now.inst.members) + 1,
        a=len(now.inst.meaning.edition.parts) if now.inst.meaning.edition else 0,
    )


def _refuse(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString | None:
    one = application_named(now, draft)
    if one is None:
        return None
    return t(
        "{who}不予{name}加入，理由是：{ground}。只告知申请单位；补正之后可以再申请。",
        "{who} refuses {name} admission; the ground: {ground}. Only the applicant is told; it may apply again once that is mended.",
        who=who,
        name=chinese(one.said.name),
        ground=names.localise(VALUES, str(draft.body.get("ground"))),
    )


def _withdraw(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString | None:
    return t(
        "{who}退出本公约。退出无须批准，通知即可。",
        "{who} withdraws from the covenant. Notice is enough; nobody has to approve it.",
        who=who,
    )


def _initiate_annex(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString | None:
    target = now.inst.annexes.get(str(draft.body.get("target")))
    if target is None:
        title = shown.get("title")
        return title and t(
            "{who}发起附件“{title}”。先征求意见，再由成员单位表决；通过并公布之后才有约束力。",
            "{who} initiates the annex “{title}”. Members are consulted, then vote; it binds only once it is adopted and published.",
            who=who,
            title=chinese(title),
        )
    told = {"who": who, "title": chinese(target.title), "n": taken_over(now, target)}
    if draft.body.get("kind") == "amend":
        return t(
            "{who}提议修订附件“{title}”。先征求意见，再由成员单位表决；通过并公布之日起取代现行文本，现受约束的 {n} 家不须重签，也可以退出附件。",
            "{who} proposes to amend the annex “{title}”. Members are consulted, then vote; adopted and published it takes the place of "
            "the present text for the {n} members bound now, who need not sign again and may leave it.",
            **told,
        )
    return t(
        "{who}提议废止附件“{title}”。先征求意见，再由成员单位表决；通过并公布之日起，现受约束的 {n} 家不再受其约束。",
        "{who} proposes to repeal the annex “{title}”. Members are consulted, then vote; adopted and published it frees the {n} members bound now.",
        **told,
    )


def _annex(zh: str, en: str) -> Callable[[Now, Draft, SafeString, Shown], SafeString | None]:
    def said(now: Now, draft: Draft, who: SafeString, shown: Shown) -> SafeString | None:
        annex = now.inst.annexes.get(str(draft.body.get("annex")))
        return None if annex is None else t(zh, en, who=who, title=chinese(annex.title))

    return said


_SENTENCES: dict[str, Callable[[Now, Draft, SafeString, Shown], SafeString | None]] = {
    "amendment.initiate/1": _initiate,
    "amendment.support/1": _support,
    "amendment.file/1": _file,
    "annex.initiate/1": _initiate_annex,
    "annex.sign/1": _annex(
        "{who}签署附件“{title}”，自此受其约束；以后可以退出附件。",
        "{who} signs the annex “{title}” and is bound by it from now on; it can leave the annex later.",
    ),
    "annex.leave/1": _annex(
        "{who}退出附件“{title}”，不再受其约束；公约成员资格不变。",
        "{who} leaves the annex “{title}” and is no longer bound by it; it stays a member of the covenant.",
    ),
    "case.open/1": case_words.opening,
    **dict.fromkeys(sanction_words.TYPES, sanction_words.sentence),
    "dossier.note/1": notes.sentence,
    "dossier.receive/1": notes.receipt,
    "membership.apply/1": _apply,
    "membership.grant/1": _grant,
    "membership.refuse/1": _refuse,
    "membership.withdraw/1": _withdraw,
    ending_words.TYPE: ending_words.sentence,
    "office.declare/1": _declare,
    consent_form.TYPE: consent_form.sentence,
    "vote.ballot/1": _ballot,
}
"""Acts whose sentence says more than what they are called and to what they are done."""


def _follows(draft: Draft) -> Iterator[str]:
    """What follows: who reads it, whether it can be taken back, who is told."""
    sheet = draft.kind.sheet
    if draft.kind.within == MEMBERS_ALONE:
        yield pick(
            "致全体成员：簿册只载一个承诺值；正文由签署之日的每家成员单位读到。",
            "To all members: the book holds a commitment alone; every member of that day reads the text.",
        )
    elif sheet.audience == "close":
        yield pick(
            "不公开：簿册只载一个承诺值；表决结束以后随计票启封。",
            "Not public: the book holds a commitment alone, which is opened when the votes are counted.",
        )
    elif draft.kind.book is Book.SEALED:
        yield pick(
            "不公开：簿册只载一个承诺值，内容只有当事人和承办人看得到。",
            "Not public: the book holds a commitment alone; only the parties and the officers in charge can read it.",
        )
    else:
        yield pick(
            "公开：任何人都能读到，不能删除；写错了可以更正，前后两样都看得到。",
            "Public: anyone can read it and nothing is deleted; a mistake can be corrected, and both stay visible.",
        )
    if sheet.irreversible:
        yield pick("不可收回。", "It cannot be taken back.")
    if draft.paper:
        yield pick(
            "凭纸面记录：须两名经办人员签署；以谁的名义，就要告知谁。",
            "Recorded from paper: two officers sign, and whoever's act it is must be told.",
        )
    if sheet.notice is not None and sheet.notice.whom == "members":
        yield pick("签署后通知全体成员单位。", "All members are told of it.")
