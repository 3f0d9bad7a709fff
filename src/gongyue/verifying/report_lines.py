"""The report of a verification in words, in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.binding import not_carried_out
from gongyue.covenant.cited_words import source
from gongyue.covenant.refusals import figure_name
from gongyue.governance.dossier import KIND_NAMES
from gongyue.governance.figure_words import figure_words
from gongyue.governance.office_names import PROSE
from gongyue.governance.sheet import Words, names_of
from gongyue.verifying.audit_report import audit_lines
from gongyue.verifying.failures import Failure
from gongyue.verifying.pack_report import pack_lines
from gongyue.verifying.report import CHECKS, VERDICTS, FoldedDossier, KeptHead, Report


def lines(report: Report, lang: str | None = None) -> list[str]:
    """The report for people in "zh" or "en"; in both, Chinese first, where no language was chosen."""

    def told(zh: str, en: str) -> str:
        return {"zh": zh, "en": en}.get(lang or "", f"{zh} / {en}")

    done = [CHECKS[d] for d in report.did]
    checked = (
        told("已核验", "checked")
        + ": "
        + told("、".join(zh for zh, _ in done) or "—", ", ".join(en for _, en in done) or "—")
    )
    verdict = told("结论：", "outcome: ") if lang else "结论："
    verdict += told(*VERDICTS[report.code])
    failure = report.failure
    if failure is not None:
        told_of = [failure.zh, failure.en] if lang is None else [failure.zh if lang == "zh" else failure.en]
        packed = pack_lines(report.pack, told) if report.pack else ()
        return ([checked] if done else []) + [*packed, verdict, *_failure(failure, told_of, told)]
    return [checked, *_sound(report, told), verdict]


PickLanguage = Callable[[str, str], str]


def _sound(report: Report, told: PickLanguage) -> Iterator[str]:
    yield told(
        f"{report.acts} 项行为：{report.fully} 项完全核验，{report.form_only} 项仅核验形式（依据未公开的行为）",
        f"{report.acts} act{'s' * (report.acts != 1)}: {report.fully} fully, {report.form_only} in form only (rest on undisclosed acts)",
    )
    yield from _in_form(report, told)
    yield from _late(report, told)
    yield told(
        f"签名 {report.signatures}，文件 {report.objects}，密封簿 {report.sealed} 条，另交启封的 {report.disclosed} 条（随公开簿启封的选票不计）",
        f"signatures {report.signatures}, objects {report.objects}, sealed {report.sealed}, opened besides the ballots of votes {report.disclosed}",
    )
    if report.disclosed_form_only:
        yield told(
            f"启封的行为中 {report.disclosed_form_only} 条仅核验形式（所答的行为没有一同启封）",
            f"disclosed acts checked in form only (what they answer is not disclosed): {report.disclosed_form_only}",
        )
    yield from _dossiers(report, told)
    for one in report.links:
        how_zh, how = (
            ("", "") if one.full else ("，仅核验形式（所指没有一同启封）", ", in form only (not all of them disclosed)")
        )
        yield told(
            f"关联：{one.carrier} {one.type} 所指 {one.names} 条{how_zh}",
            f"link: {one.carrier} {one.type} names {one.names} entr{'y' if one.names == 1 else 'ies'}{how}",
        )
    yield from _waiting(report, told)
    yield from audit_lines(report.slots, report.audit, told)
    if report.recounted:
        yield told(
            f"只向成员公开的表决，凭所交的选票重新计票 {report.recounted} 次",
            f"votes open to members only, counted again from the ballots handed in: {report.recounted}",
        )
    comma = ", " if told("zh", "en") == "en" else "、"
    witnessed = comma.join(report.witnesses) or told("未见证", "unwitnessed")
    yield f"{told('检查点', 'checkpoint')}: {report.size} {report.root} · {witnessed}"
    members = sum(u.status == "member" for u in report.units)
    yield told(f"成员单位 {members} 家", f"{members} member unit{'s' * (members != 1)}")
    for s in report.absent:
        quoted = f"　{label_of(s.at)}“{s.words}”：" if s.words else ""
        yield quoted + told(s.zh, s.en)
    yield from _not_carried_out(report, told)
    for o in report.orders:
        lifted_zh, lifted = (f"，{o.lifted} 解除", f", lifted {o.lifted}") if o.lifted else ("", "")
        yield told(
            f"命令 {o.id}（{o.source}）：{o.party or '全体'}，{'、'.join(o.forbids)}，{o.begins}–{o.ends}{lifted_zh}",
            f"order {o.id} ({o.source}): {o.party or 'all'}, {', '.join(o.forbids)}, {o.begins}–{o.ends}{lifted}",
        )
    for i in report.interpretations:
        stage_zh, stage = ("", "") if i.stage == "issued" else (f"，{_STAGES[i.stage]}", f", {i.stage}")
        yield told(
            f"#{i.index} 解释第 {i.number} 号（{label_of(i.at)}，{i.day}{stage_zh}）：{i.sets or PROSE[0]}",
            f"#{i.index} interpretation {i.number} ({in_english(i.at)}, {i.day}{stage}): {i.sets or PROSE[1]}",
        )
    for c in report.confirmations:
        yield told(
            f"#{c.index} 确认时间：{c.last} 之后至 {c.time}，{'、'.join(c.signers)}",
            f"#{c.index} time confirmed: from {c.last} to {c.time}, by {', '.join(c.signers)}",
        )
    for r in report.recoveries:
        yield told(
            f"#{r.index} 恢复时间：自 #{r.first} 起误记至 {r.left}，恢复为 {r.time}，{r.void} 条无效，"
            f"{r.moved} 条改按其作出之时，{'、'.join(r.signers)}",
            f"#{r.index} time recovered: false from #{r.first} on, up to {r.left}; back to {r.time}, {r.void} void,"
            f" {r.moved} given another time, by {', '.join(r.signers)}",
        )
    if report.pack is not None:
        yield from pack_lines(report.pack, told)


NAMED = 12
"""So many acts are named one by one; --json has all."""


def _in_form(report: Report, told: PickLanguage) -> Iterator[str]:
    """Which acts were checked in form only."""
    shown = [(f"#{one.index} ", names_of(one.type)) for one in report.in_form[:NAMED]]
    if more := report.form_only - len(shown):
        shown.append(("", Words(f"另有 {more} 项", f"{more} more")))
    if shown:
        yield told(
            f"　仅核验形式的：{'、'.join(at + zh for at, (zh, _) in shown)}",
            f"  in form only: {', '.join(at + en for at, (_, en) in shown)}",
        )


def _late(report: Report, told: PickLanguage) -> Iterator[str]:
    """How much the executive body did late: that is told, and makes nothing unlawful."""
    if report.late:
        most = max(report.late, key=lambda one: one.days)
        (zh, en), n = names_of(most.type), len(report.late)
        yield told(
            f"执行机构逾期办理 {n} 件，最多逾期 {most.days} 日（#{most.index} {zh}，末日 {most.last}）；照样有效，以公开簿所见为限",
            f"done late by the executive body: {n}, by {most.days} day{'s' * (most.days != 1)} at most (#{most.index} {en}, due by"
            f" {most.last}); valid all the same, and as far as the open book shows",
        )


def _not_carried_out(report: Report, told: PickLanguage) -> Iterator[str]:
    """The first sentences of the text that nobody carries out, and how the rest are seen."""
    found = report.not_carried_out
    if not found:
        return
    zh, en = not_carried_out.SECTION
    yield told(f"{zh}：{len(found)} 处", f"{en}: {len(found)}")
    for s in found[: not_carried_out.FIRST]:
        english = told("zh", "en") == "en"
        quoted = f"  {in_english(s.at)} “{s.words}”: " if english else f"　{label_of(s.at)}“{s.words}”："
        yield quoted + told(s.zh, s.en)
    if (more := len(found) - not_carried_out.FIRST) > 0:
        yield told(
            f"　另有 {more} 处：--json 列出全部，绑定单亦然",
            f"　{more} more: --json lists all of them, and so does the sheet",
        )


def _waiting(report: Report, told: PickLanguage) -> Iterator[str]:
    """The promises that are not due: what they promise is not in the books that were verified."""
    for w in report.waiting:
        yield told(
            f"承诺书 {w.file}（{w.arrived} 收到）：尚未锚定，所公布的簿册里还没有它；最迟 {w.until} 须在其中，届时请再核验",
            f"promise {w.file} (received {w.arrived}): not anchored, and not in the published books yet; it must be by {w.until}:"
            " verify again then",
        )


def _dossiers(report: Report, told: PickLanguage) -> Iterator[str]:
    """The dossiers that were disclosed, and the heads of those that were not."""
    for d in report.dossiers:
        (zh, en), (up_to_zh, up_to) = KIND_NAMES[d.kind], _up_to(d, report.heads)
        if d.holes:
            less = "、".join(f"{a}–{b}" if a != b else str(a) for a, b in d.holes)
            up_to_zh, up_to = f"{up_to_zh}；第 {less} 位在成员期之外", f"{up_to}; {less} came while it was no member"
        yield told(f"卷 {d.id}（{zh}）：第 1–{d.n} 位，{up_to_zh}", f"dossier {d.id} ({en}): places 1–{d.n}, {up_to}")
    for h in report.heads:
        if not h.complete:
            zh, en = _dated(h)
            yield told(
                f"存卷凭证 {h.file}（{h.dossier}，{zh}）：仅核验形式（没有启封该卷）",
                f"head {h.file} ({h.dossier}, {en}): checked in form only (nothing of that dossier is disclosed)",
            )


def _up_to(dossier: FoldedDossier, heads: Iterable[KeptHead]) -> tuple[str, str]:
    """How far a dossier is known to be complete: up to the latest of the heads kept; without one no more than its gaps show."""
    mine = [h for h in heads if h.dossier == dossier.id]
    if not mine:
        return "没有发现缺位", "no gap found"
    zh, en = _dated(max(mine, key=lambda h: (h.n, h.day)))
    return f"齐至所存凭证（{zh}）", f"complete up to the head kept ({en})"


def _dated(head: KeptHead) -> tuple[str, str]:
    return f"{head.n}，{head.day or '误记时间'}", f"{head.n}, {head.day or 'a false time'}"


_STAGES = {"superseded": "已被取代", "withdrawn": "已撤回"}
_SAID = {"what", "detail", "file", "head", "contradiction", "against", "other"}
"""Figures, for programs, that the sentence about a failure has said already."""


def _failure(failure: Failure, told_of: list[str], told: PickLanguage) -> Iterator[str]:
    yield from filter(None, [f"{failure.place} {failure.type}".strip()])
    yield f"{failure.code} {told_of[0]}".strip()
    yield from told_of[1:]
    if failure.words:
        zh, en = source(failure.provision, failure.at)
        yield told(f"{zh}“{failure.words}”", f"{en} “{failure.words}”".lstrip())
    if figures := [(name, value) for name, value in failure.figures.items() if name not in _SAID]:
        zh, en = (" · ".join(_figure(name, value)[place] for name, value in figures) for place in (0, 1))
        yield told(zh, en)
    if failure.enough is not None:
        zh, en = figure_words("enough", failure.enough, types=True)
        yield f"{told('须', 'enough')}: {told(zh, en) if zh != en else zh}"


def _figure(name: str, value: object) -> tuple[str, str]:
    """A figure by its name, in Chinese and in English."""
    (zh, en), said = figure_name(name), figure_words(name, value, types=True)
    return f"{zh} {said.zh}", f"{en} {said.en}"
