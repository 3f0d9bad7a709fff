"""Every rule by itself: what it holds of, what it does not, with which figures, and what would be enough."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any

import msgspec
import pytest

from gongyue.covenant.counting import Count, Share
from gongyue.covenant.parties import fictional_code
from gongyue.covenant.periods import from_iso, iso
from gongyue.covenant.prose.bound_numbers import bound_numbers
from gongyue.covenant.prose.contradictions import Against
from gongyue.covenant.rulings import RULES, Ruling
from gongyue.covenant.values import Meaning
from gongyue.governance.articles import bundled_edition
from gongyue.rules import (
    amendment,
    annex,
    bulletin,
    dossier,
    founding,
    interpretation,
    law,
    membership,
    office,
    petition,
    report,
    sanction,
    vote,
)
from gongyue.rules import case as case_rules
from support.editions import TEXT, edition_of, without

NOTHING = object()
SILENT = Meaning(without(bundled_edition(), "amendment.proposal"), "sha256:" + "11" * 32)
"""Of a text that says nothing of who may propose."""
MEANING = Meaning(bundled_edition(), "sha256:" + "00" * 32)
COUNCIL = Meaning(
    edition_of(
        TEXT.replace("经公约执行机构或本公约十分之一以上成员单位提议", "由理事会提出"),
        amendment__proposal=("22", "由理事会提出"),
    ),
    "sha256:" + "22" * 32,
)
"""Of a text that keeps proposals for its council."""
TWO_THIRDS, MORE = Share("2/3"), Share(">2/3", "voting")
OF_VOTERS, OF_THOSE_PRESENT = Share("2/3", "voting"), Share("2/3", "present")
DAY = from_iso("2026-03-20")
D = "2026-03-20"
AGAINST = Against(bound_numbers(bundled_edition()))


def case(rule: Any, args: tuple[Any, ...], holds: bool, enough: Any = None, /, **figures: Any) -> Any:
    return pytest.param(rule, args, holds, enough, figures, id=f"{rule.__name__}-{'holds' if holds else 'fails'}")


CASES = [
    # bulletin
    case(bulletin.accuses_nobody_unverified, (["甲"], [], False), True, units="甲", found=""),
    case(bulletin.accuses_nobody_unverified, ([], ["违约"], False), True, units="", found="违约"),
    case(bulletin.accuses_nobody_unverified, (["甲"], ["违约"], True), True),
    case(bulletin.accuses_nobody_unverified, (["甲", "乙"], ["涉嫌", "违约"], False), False, units="甲 乙", found="涉嫌 违约"),
    case(bulletin.circular_stays_internal, ("result", "internal"), True),
    case(bulletin.circular_stays_internal, ("warning", "society"), True),
    case(bulletin.circular_stays_internal, ("result", "society"), False, "internal", audience="society"),
    case(bulletin.review_is_over, (1, DAY), True, today="2026-03-20"),
    case(bulletin.review_is_over, (DAY, DAY), True, today="2026-03-20"),
    case(bulletin.review_is_over, (DAY + 1, DAY), False, "2026-03-21", today="2026-03-20"),
    case(bulletin.review_is_over, (0, DAY), False, "复核已毕", today="2026-03-20"),
    case(bulletin.result_names_as_read, ("u:1", "u:1", True), True, named="u:1"),
    case(bulletin.result_names_as_read, ("", "u:1", True), False, "u:1", named="—"),
    case(bulletin.result_names_as_read, ("u:2", "u:1", True), False, "u:1", named="u:2"),
    case(bulletin.result_names_as_read, ("", "u:1", False), True, named="—"),
    case(bulletin.result_names_as_read, ("u:1", "u:1", False), False, "某成员单位", named="u:1"),
    case(bulletin.result_names_nobody_else, ("u:1", ["u:1"]), True, units="u:1"),
    case(bulletin.result_names_nobody_else, ("u:1", ["u:1", "u:2"]), False, "u:1", units="u:1 u:2"),
    case(bulletin.result_names_nobody_else, ("u:1", []), False, "u:1", units="—"),
    case(bulletin.result_names_nobody_else, ("", []), True, units="—"),
    case(bulletin.result_names_nobody_else, ("", ["u:1"]), False, "某成员单位", units="u:1"),
    case(bulletin.is_as_prominent, (("result", "internal", 2), ("result", "internal", 2)), True),
    case(bulletin.is_as_prominent, (("rehabilitation", "internal", 3), ("result", "internal", 2)), True),
    case(
        bulletin.is_as_prominent, (("result", "internal", 1), ("result", "internal", 2)), False, "result · internal · 2",
        stated="result · internal · 1",
    ),
    case(bulletin.is_as_prominent, (("policy", "internal", 2), ("result", "internal", 2)), False, "result · internal · 2"),
    case(bulletin.is_as_prominent, (("warning", "society", 1), ("warning", "internal", 1)), False, "warning · internal · 1"),
    # sanction
    case(sanction.breach_was_verified, (0,), False, 1, established=0),
    case(sanction.breach_was_verified, (1,), True, established=1),
    case(sanction.adverse_effect_was_found, (True, True), True),
    case(sanction.adverse_effect_was_found, (False, False), True),
    case(sanction.adverse_effect_was_found, (True, False), False, "造成不良影响"),
    case(sanction.is_of_a_listed_kind, ("内部通报", ["内部通报", "除名"]), True, kind="内部通报"),
    case(sanction.is_of_a_listed_kind, ("罚款", ["内部通报", "除名"]), False, "内部通报 | 除名", kind="罚款"),
    case(sanction.is_the_only_one, (0,), True, decided="—"),
    case(sanction.is_the_only_one, (DAY,), False, decided=D),
    case(sanction.accused_is_still_a_member, ("u:1", True), True, accused="u:1"),
    case(sanction.accused_is_still_a_member, ("u:1", False), False, "成员单位", accused="u:1"),
    case(sanction.was_heard_on_the_proposal, ("拟处理告知", 0, 0, DAY, False), False, "拟处理告知", received="—"),
    case(sanction.was_heard_on_the_proposal, ("", 0, 0, DAY, True), False, "签收", received="—"),
    case(sanction.was_heard_on_the_proposal, ("听取申辩", DAY, DAY, DAY + 9, False), False, "听取申辩", received=D, days=9),
    case(sanction.was_heard_on_the_proposal, ("", DAY, DAY + 5, DAY, True), True),
    case(
        sanction.was_heard_on_the_proposal,
        ("", DAY, DAY + 5, DAY + 5, False),
        False,
        "2026-03-26",
        received=D,
        days=5,
        due="2026-03-25",
        today="2026-03-25",
    ),
    case(
        sanction.was_heard_on_the_proposal,
        ("", DAY, DAY + 5, DAY + 6, False),
        True,
        received=D,
        days=6,
        due="2026-03-25",
        today="2026-03-26",
    ),
    case(sanction.is_proposed_in_time, (DAY, DAY - 1), True, due=D, today="2026-03-19"),
    case(sanction.is_proposed_in_time, (DAY, DAY), True, due=D, today=D),
    case(sanction.is_proposed_in_time, (DAY, DAY + 1), False, D, due=D, today="2026-03-21"),
    case(sanction.is_proposed_before_the_result, (False,), True),
    case(sanction.is_proposed_before_the_result, (True,), False, "公布结果之前"),
    case(dossier.recusals_are_decided, (set(),), True, officer=""),
    case(dossier.recusals_are_decided, ({"o:2", "o:1"},), False, officer="o:1 o:2"),
    case(dossier.newcomer_could_be_challenged, ("o:1", DAY, DAY), False, "2026-03-21", officer="o:1", last=D, today=D),
    case(
        dossier.newcomer_could_be_challenged, ("o:1", DAY, DAY + 1), True, officer="o:1", last=D, today="2026-03-21"
    ),
    case(sanction.lighter_ones_do_not_suffice, (1, False), True, weight=1),
    case(sanction.lighter_ones_do_not_suffice, (2, True), True, weight=2),
    case(sanction.lighter_ones_do_not_suffice, (2, False), False, 1, weight=2),
    case(sanction.is_not_heavier_than_proposed, (1, 1), True, weight=1),
    case(sanction.is_not_heavier_than_proposed, (2, 1), False, 1, weight=2),
    case(sanction.review_is_not_heavier, (1, 2), True, weight=1),
    case(sanction.review_is_not_heavier, (2, 2), False, 1, weight=2),
    case(sanction.is_reviewed_by_others, (["o:1"], {"o:2"}), True, officer=""),
    case(sanction.is_reviewed_by_others, (["o:2", "o:1"], {"o:2", "o:1", "o:3"}), False, officer="o:1 o:2"),
    case(sanction.cancellation_is_in_effect, ("", DAY, DAY), True, today=D),
    case(sanction.cancellation_is_in_effect, ("", DAY + 1, DAY), False, "2026-03-21", today=D),
    case(sanction.cancellation_is_in_effect, ("", 0, DAY), False, "复核期满", today=D),
    case(sanction.cancellation_is_in_effect, ("取消资格的决定", DAY, DAY), False, "取消资格的决定"),
    # case
    case(case_rules.accused_is_a_member, ("u:1", True), True, accused="u:1"),
    case(case_rules.accused_is_a_member, ("u:1", False), False, "成员单位", accused="u:1"),
    case(bulletin.restores_by_name, ("", ""), True, named="—"),
    case(bulletin.restores_by_name, ("单位2", "单位2"), True, named="单位2"),
    case(bulletin.restores_by_name, ("单位2", ""), False, "单位2", named="—"),
    case(case_rules.reply_was_seen, (6, 5), False, 6, seen=5),
    case(case_rules.reply_was_seen, (6, 6), True, seen=6),
    case(sanction.hearing_was_seen, (9, 8), False, 9, seen=8),
    case(sanction.hearing_was_seen, (9, 9), True, seen=9),
    case(case_rules.had_the_chance_to_reply, ("签收", 0, 0, DAY, False), False, "签收", received="—"),
    case(case_rules.had_the_chance_to_reply, ("", 0, 0, DAY, True), False, "签收", received="—"),
    case(case_rules.had_the_chance_to_reply, ("恢复", DAY, DAY, DAY + 9, False), False, "恢复", received=D, days=9),
    case(case_rules.had_the_chance_to_reply, ("告知记录", DAY, DAY, DAY, True), True),
    case(
        case_rules.had_the_chance_to_reply,
        ("", DAY, DAY + 5, DAY + 5, False),
        False,
        "2026-03-26",
        received=D,
        days=5,
        due="2026-03-25",
        today="2026-03-25",
    ),
    case(
        case_rules.had_the_chance_to_reply,
        ("", DAY, DAY + 5, DAY + 6, False),
        True,
        received=D,
        days=6,
        due="2026-03-25",
        today="2026-03-26",
    ),
    case(case_rules.finding_cites_what_was_served, ("8", {"8"}, True, ["x"], {"x"}), True, finding="8", evidence=1, unshown=0),
    case(case_rules.finding_cites_what_was_served, ("8", {"8"}, False, [], set()), True, finding="8", evidence=0, unshown=0),
    case(case_rules.finding_cites_what_was_served, ("8", {"8"}, True, [], {"x"}), False, 1, finding="8", evidence=0, unshown=0),
    case(case_rules.finding_cites_what_was_served, ("8", {"8"}, False, ["y"], {"x"}), False, 1, finding="8", unshown=1, evidence=1),
    case(case_rules.finding_cites_what_was_served, ("9", {"8"}, True, ["x"], {"x"}), False, "8", finding="9", evidence=1, unshown=0),
    case(case_rules.every_article_is_found_on, ({"7", "8"}, ["8", "7"]), True, missing="", findings=2),
    case(case_rules.every_article_is_found_on, ({"7", "8"}, ["8"]), False, "7 8", missing="7", findings=1),
    case(case_rules.every_article_is_found_on, ({"8"}, ["8", "8"]), False, "8", missing="", findings=2),
    case(case_rules.principle_stands_with_a_duty, ("3", "principle", 1), True, finding="3", duties=1),
    case(case_rules.principle_stands_with_a_duty, ("7", "encouragement", 0), True, finding="7", duties=0),
    case(case_rules.principle_stands_with_a_duty, ("3", "principle", 0), False, 1, finding="3", duties=0),
    case(case_rules.encouragement_stands_with_a_duty, ("7", "encouragement", 1), True, finding="7", duties=1),
    case(case_rules.encouragement_stands_with_a_duty, ("7", "encouragement", 0), False, 1, finding="7", duties=0),
    case(case_rules.international_rule_was_signed, ("12", "international", True), True, finding="12"),
    case(case_rules.international_rule_was_signed, ("8", "duty", False), True, finding="8"),
    case(case_rules.international_rule_was_signed, ("12", "international", False), False, 1, finding="12"),
    case(case_rules.panel_decides_by_majority, (2, 3), True, count=2, panel=3),
    case(case_rules.panel_decides_by_majority, (1, 3), False, 2, count=1, panel=3),
    case(case_rules.panel_decides_by_majority, (2, 4), False, 3, count=2, panel=4),
    # report
    case(report.is_reported_by_a_member, ("u:1", True), True, unit="u:1"),
    case(report.is_reported_by_a_member, ("u:1", False), False, "成员单位", unit="u:1"),
    case(report.is_reported_by_another, ("u:1", "u:2"), True, unit="u:1", accused="u:2"),
    case(report.is_reported_by_another, ("u:1", "u:1"), False, "own", unit="u:1", accused="u:1"),
    case(report.accused_is_a_member, ("u:1", True), True, accused="u:1"),
    case(report.accused_is_a_member, ("u:1", False), False, "成员单位", accused="u:1"),
    case(report.conduct_is_covered, (DAY + 1, DAY, DAY - 9), True, ends="2026-03-21", in_force=D, since=D),
    case(report.conduct_is_covered, (DAY, DAY - 9, DAY), True, ends=D, in_force="2026-03-11", since=D),
    case(report.conduct_is_covered, (DAY - 1, DAY, DAY - 9), False, D, ends="2026-03-19", in_force=D, since=D),
    *(case(report.decline_has_a_ground, (ground,), True, ground=ground) for ground in report.DECLINES),
    case(report.decline_has_a_ground, ("",), False, " | ".join(report.DECLINES), ground=""),
    case(report.ground_is_borne_out, ("no_fact", True, DAY, DAY), True, ground="no_fact", ends=D, since=D),
    case(report.ground_is_borne_out, ("not_member", False, DAY, DAY), True, ground="not_member", ends=D, since=D),
    case(report.ground_is_borne_out, ("before", True, DAY - 1, DAY), True, ground="before", ends="2026-03-19", since=D),
    case(
        report.ground_is_borne_out, ("before", True, DAY, DAY), False, "not_member | no_article | no_fact | decided",
        ground="before", ends=D, since=D,
    ),
    case(
        report.ground_is_borne_out, ("not_member", True, DAY, DAY), False, "before | no_article | no_fact | decided",
        ground="not_member", ends=D, since=D,
    ),
    case(report.reporter_saw_it_first, ("a", DAY, DAY), True, name="a", today=D),
    case(report.reporter_saw_it_first, ("a", 1, DAY), True, name="a", today=D),
    case(report.reporter_saw_it_first, ("a", DAY, DAY - 1), False, D, name="a", today="2026-03-19"),
    case(report.reporter_saw_it_first, ("a", 0, DAY), False, "检举单位看过", name="a", today=D),
    case(report.is_not_about_the_executive_body, ("u:1",), True, accused="u:1"),
    case(report.is_not_about_the_executive_body, ("exec",), False, "主管部门", accused="exec"),
    case(report.is_not_about_the_executive_body, ("o:1",), False, "主管部门", accused="o:1"),
    # dossier
    case(dossier.roles_are_compatible, ("o:1", {"panel", "mediator"}), True),
    *(
        case(dossier.roles_are_compatible, ("o:1", {one, other}), False, officer="o:1", offices=f"{one} + {other}")
        for one, other in dossier.INCOMPATIBLE
    ),
    case(dossier.challenged_leaves_it_alone, (["o:1"], {"o:2"}), True, officer=""),
    case(dossier.challenged_leaves_it_alone, (["o:1", "o:2"], {"o:2"}), False, officer="o:2"),
    *(
        case(rule, ("o:1", ["u:1"], ["u:2"]), True, officer="o:1", parties="")
        for rule in (dossier.caseworker_recuses, dossier.panel_recuses, dossier.mediator_recuses)
    ),
    *(
        case(rule, ("o:1", ["u:1", "u:2"], ["u:2"]), False, officer="o:1", parties="u:2")
        for rule in (dossier.caseworker_recuses, dossier.panel_recuses, dossier.mediator_recuses)
    ),
    case(dossier.panel_is_complete, (4, 3), True, count=4),
    case(dossier.panel_is_complete, (3, 3), True, count=3),
    case(dossier.panel_is_complete, (2, 3), False, 3, count=2),
    case(dossier.is_assigned, (["o:1"], {"o:1", "o:2"}), True, officer=""),
    case(dossier.is_assigned, (["o:1", "o:3"], {"o:1", "o:2"}), False, "o:1 o:2", officer="o:3"),
    case(dossier.each_office_confirms, ({"o:1": {"a"}, "o:2": {"b"}}, ("a", "b")), True, officers=2),
    case(dossier.each_office_confirms, ({"o:1": {"a", "b"}}, ("a", "b")), False, "a + b", officers=1),
    case(dossier.each_office_confirms, ({"o:1": {"a"}, "o:2": {"a"}}, ("a", "b")), False, "a + b", officers=2),
    case(dossier.each_office_confirms, ({"o:1": {"a", "b"}, "o:2": {"a", "b"}}, ("a", "b")), True, officers=2),
    case(dossier.each_office_confirms, ({"o:1": {"a", "b"}, "o:2": {"c"}}, ("a", "b")), False, "a + b", officers=2),
    case(dossier.evidence_is_covered, ("a", 0, 9, False), True, contacts=9),
    case(dossier.evidence_is_covered, ("a", 0, 10, False), True, contacts=10),
    case(dossier.evidence_is_covered, ("a", 0, 11, False), False, 10, contacts=11),
    case(dossier.evidence_is_covered, ("a", 1, 0, False), False, 10, identities=1),
    case(dossier.evidence_is_covered, ("a", 200, 11, True), True, name="a"),
    case(dossier.nothing_held_is_erased, (["x"], {"y"}), True, documents=""),
    case(dossier.nothing_held_is_erased, (["x", "y"], {"y"}), False, documents="y"),
    case(founding.refused_is_refused, ("in_force",), True, stage="in_force"),
    case(founding.refused_is_refused, ("refused",), False, stage="refused"),
    case(founding.seen_before_it_counts, (8, 8), True, effective=iso(8)),
    case(founding.seen_before_it_counts, (7, 8), False, iso(8), effective=iso(7)),
    case(office.declares_for_itself, ("o:1", ["o:1"]), True, officer="o:1", signed_by="o:1"),
    case(office.declares_for_itself, ("o:1", ["o:2"]), False, "o:1", officer="o:1", signed_by="o:2"),
    case(office.declares_for_itself, ("o:1", ["o:1", "o:2"]), False, "o:1", officer="o:1", signed_by="o:1 o:2"),
    # petition
    case(petition.member_consents, ("u:1", "a", "a"), True, unit="u:1", text="a"),
    case(petition.member_consents, ("u:1", "a", "b"), False, "b", unit="u:1", text="a"),
    case(petition.member_consents, ("u:1", "a", ""), False, unit="u:1", text="a"),
    # amendment
    case(amendment.covenant_is_effective, (True,), True),
    case(amendment.covenant_is_effective, (False,), False),
    case(amendment.may_be_proposed, (MEANING, True, 0, 37), True),
    case(amendment.may_be_proposed, (MEANING, False, 4, 37), True, 4, count=4, roll=37),
    case(amendment.may_be_proposed, (MEANING, False, 3, 37), False, 4, count=3, roll=37, arithmetic="10×3=30<37"),
    case(amendment.may_be_proposed, (SILENT, False, 1, 37), True, 1, count=1, roll=37),
    case(amendment.may_be_proposed, (SILENT, False, 0, 37), False, 1, count=0, roll=37),
    case(amendment.may_be_proposed, (SILENT, False, 1, 1), True, 1, count=1, roll=1, share="1/1"),
    case(amendment.may_be_proposed, (SILENT, False, 0, 0), False, count=0, roll=0),
    case(amendment.proposer_is_the_body_named, (MEANING, False), True),
    case(amendment.proposer_is_the_body_named, (SILENT, False), True),
    case(amendment.proposer_is_the_body_named, (COUNCIL, True), True, body="理事会"),
    case(amendment.proposer_is_the_body_named, (COUNCIL, False), False, "exec", body="理事会"),
    case(amendment.change_applies, ("",), True),
    case(amendment.change_applies, ("twice",), False, why="twice"),
    case(amendment.text_is_the_adopted_text, ("a", "a", ""), True),
    case(amendment.text_is_the_adopted_text, ("b", "a", "art.4"), False, "a", text="b", adopted="a", where="art.4"),
    case(amendment.is_the_same_change, ((1,), (1,)), True),
    case(amendment.is_the_same_change, ((1,), (2,)), False),
    case(amendment.is_adopted, (TWO_THIRDS, Count(25, 25, 37), Count(24, 24, 36)), True, 24, count=24, roll=36),
    case(amendment.is_adopted, (TWO_THIRDS, Count(24, 37, 37), Count(24, 36, 36)), False, 25, count=24, roll=37),
    case(amendment.is_adopted, (TWO_THIRDS, Count(25, 25, 37), Count(23, 23, 35)), False, 24, count=23, roll=35),
    case(amendment.is_adopted, (TWO_THIRDS, Count(25, 25, 37), Count(0, 0, 0)), False, count=0, roll=0, arithmetic="0/0"),
    case(amendment.is_adopted, (OF_VOTERS, Count(7, 12, 37), Count(7, 12, 37)), False, 8, count=7, voted=12, base="voting"),
    case(amendment.is_adopted, (OF_VOTERS, Count(8, 12, 37), Count(8, 12, 37)), True, 8, count=8, voted=12, roll=37),
    case(amendment.is_adopted, (OF_THOSE_PRESENT, Count(9, 12, 37), Count(9, 12, 37)), True, 8, count=9, base="present"),
    case(amendment.is_adopted, (OF_VOTERS, Count(8, 12, 37), Count(7, 11, 36)), False, 8, arithmetic="3×7=21<2×11=22"),
    case(amendment.is_adopted, (MORE, Count(8, 12, 37), Count(8, 12, 37)), False, 9, arithmetic="3×8=24≤2×12=24", share=">2/3"),
    case(amendment.is_adopted, (MORE, Count(9, 12, 37), Count(9, 12, 37)), True, 9, arithmetic="3×9=27>2×12=24"),
    case(amendment.is_adopted, (OF_VOTERS, Count(0, 0, 37), Count(0, 0, 37)), False, count=0, voted=0, arithmetic="0/0"),
    # annexes
    case(annex.is_initiated_by_a_member, ("u:1", True), True, actor="u:1"),
    case(annex.is_initiated_by_a_member, ("u:1", False), False, actor="u:1"),
    case(annex.branch_is_stated, (("analysis",),), True, branches=1),
    case(annex.branch_is_stated, ((),), False, 1, branches=0),
    case(annex.stays_under_the_covenant, ((),), True, found=""),
    case(annex.stays_under_the_covenant, (("罚款", "没收"),), False, found="罚款 没收"),
    case(annex.is_free_of_cartel_terms, ((), False), True, found=""),
    case(annex.is_free_of_cartel_terms, (("统一定价", "划分市场"), True), True, found="统一定价 划分市场"),
    case(annex.is_free_of_cartel_terms, (("统一定价", "划分市场"), False), False, "法律审查", found="统一定价 划分市场"),
    case(annex.members_consent, (TWO_THIRDS, Count(25, 25, 37), Count(24, 24, 36)), True, 24, count=24, roll=36),
    case(annex.members_consent, (TWO_THIRDS, Count(24, 37, 37), Count(24, 36, 36)), False, 25, count=24, roll=37),
    case(annex.members_consent, (TWO_THIRDS, Count(25, 25, 37), Count(23, 23, 35)), False, 24, count=23, roll=35),
    case(annex.members_consent, (Share("2/3", "branch"), Count(4, 4, 6), Count(4, 4, 6)), True, 4, count=4, base="branch"),
    case(annex.members_consent, (Share("2/3", "branch"), Count(3, 6, 6), Count(3, 6, 6)), False, 4, count=3, roll=6),
    case(annex.text_is_the_one_consented_to, ("a", "a"), True, text="a", consented="a"),
    case(annex.text_is_the_one_consented_to, ("b", "a"), False, "a", text="b", consented="a"),
    case(annex.vote_is_over, (True,), True),
    case(annex.vote_is_over, (False,), False),
    # founding
    case(founding.articles_are_continuous, (14, 14), True, expected=14, found=14),
    case(founding.articles_are_continuous, (14, 15), False, 14, expected=14, found=15),
    case(founding.articles_are_continuous, (14, 13), False, 14, expected=14, found=13),
    case(founding.text_may_still_change, (False,), True),
    case(founding.text_may_still_change, (True,), False),
    case(founding.approver_is_designated, ("局", "法"), True, approver="局"),
    case(founding.approver_is_designated, ("局", ""), False, "主管部门 + 批准依据", approver="局"),
    case(founding.approver_is_designated, ("", "法"), False, "主管部门 + 批准依据", approver="—"),
    case(founding.initiators_suffice, (1,), False, 2, initiators=1),
    case(founding.initiators_suffice, (2,), True, initiators=2),
    case(founding.initiators_suffice, (3,), True, initiators=3),
    case(founding.signatory_may_sign, ("legal_representative", False), True, capacity="legal_representative"),
    case(founding.signatory_may_sign, ("delegate", True), True, capacity="delegate"),
    case(founding.signatory_may_sign, ("delegate", False), False, "法定代表人", capacity="delegate"),
    case(founding.signatory_may_sign, ("chairman", True), False, "法定代表人 | 委托代表", capacity="chairman"),
    case(founding.delegate_is_authorised, ("legal_representative", False, 1, 1, DAY), True),
    case(founding.delegate_is_authorised, ("delegate", False, 1, 1, DAY), False, "授权委托书", signed=D),
    case(founding.delegate_is_authorised, ("delegate", True, DAY, DAY, DAY), True, signed=D, valid_from=D, valid_to=D),
    case(founding.delegate_is_authorised, ("delegate", True, DAY - 1, DAY + 1, DAY), True, signed=D),
    case(founding.delegate_is_authorised, ("delegate", True, DAY + 1, DAY + 2, DAY), False, valid_from="2026-03-21"),
    case(founding.delegate_is_authorised, ("delegate", True, DAY - 2, DAY - 1, DAY), False, valid_to="2026-03-19"),
    case(founding.all_initiators_signed, ({"a", "b"}, {"a", "b", "c"}), True, signed=2, initiators=2, missing=""),
    case(founding.all_initiators_signed, ({"a", "b", "c"}, {"b"}), False, 3, signed=1, initiators=3, missing="a c"),
    case(founding.approved_text_is_the_signed_text, ("a", "a"), True, approved="a", signed="a"),
    case(founding.approved_text_is_the_signed_text, ("b", "a"), False, "a", approved="b", signed="a"),
    case(founding.approved, (True, "effective"), True, stage="effective"),
    case(founding.approved, (False, "frozen"), False, "effective", stage="frozen"),
    case(founding.only_the_alliance_publishes, ("exec",), True, actor="exec"),
    case(founding.only_the_alliance_publishes, ("u:1",), False, "联盟", actor="u:1"),
    case(founding.in_force_on_publication, (DAY, DAY, 0), True, in_force=D, published=D),
    case(founding.in_force_on_publication, (DAY + 1, DAY, 0), False, D, in_force="2026-03-21", published=D),
    case(founding.in_force_on_publication, (DAY - 1, DAY, 0), False, D, in_force="2026-03-19", published=D),
    case(founding.in_force_on_publication, (DAY, DAY, DAY), True, in_force=D, published=D),
    case(founding.in_force_on_publication, (DAY, DAY, DAY - 1), True, in_force=D, published=D),
    case(founding.in_force_on_publication, (DAY, DAY, DAY + 1), False, "2026-03-21", in_force=D, published=D),
    # interpretation
    case(interpretation.only_the_alliance_interprets, ("exec",), True, actor="exec"),
    case(interpretation.only_the_alliance_interprets, ("u:1",), False, actor="u:1"),
    case(interpretation.leaves_the_text_alone, ("P6", 14), False, 15, rule="P6", value=14),
    case(interpretation.leaves_the_text_alone, ("P6", 15), True, rule="P6", value=15),
    case(interpretation.leaves_the_text_alone, ("P6", 16), True, rule="P6", value=16),
    case(interpretation.leaves_the_text_alone, ("P6", 89), True, rule="P6", value=89),
    case(interpretation.leaves_the_text_alone, ("P6", 90), True, rule="P6", value=90),
    case(interpretation.leaves_the_text_alone, ("P6", 91), False, 90, rule="P6", value=91),
    case(interpretation.sets_something_else, ("P6", 29, 30), True, name="P6", value=29),
    case(interpretation.sets_something_else, ("P6", 30, 30), False, name="P6", value=30),
    case(interpretation.sets_something_else, ("P6", 31, 30), True, name="P6", value=31),
    case(interpretation.says_what_it_sets, ("表决期为十五日。", "P6", 15), True),
    case(interpretation.says_what_it_sets, ("表决期为十六日。", "P6", "15"), True),
    case(interpretation.says_what_it_sets, ("十六日内。", "annex.binds", 5), True),
    case(
        interpretation.says_what_it_sets,
        ("表决期由三十日改为十六个月。", "P6", 15),
        False,
        15,
        rule="P6",
        value=15,
        says="30 day",
    ),
    case(interpretation.says_what_it_sets, ("保存三十六个月。", "P17", 3), True),
    case(interpretation.says_what_it_sets, ("保存两年。", "P17", 3), False, 3, rule="P17", value=3, says="24 month"),
    case(interpretation.says_what_it_sets, ("表决期为十六日。", "P6", 15), False, 15, rule="P6", value=15, says="16 day"),
    case(interpretation.leaves_the_text_alone, ("P6", "15"), False, 15, rule="P6", value="15"),
    case(interpretation.leaves_the_text_alone, ("list.period", "year"), True, reading="list.period", value="year"),
    case(interpretation.leaves_the_text_alone, ("list.period", "week"), False, "quarter | year", reading="list.period"),
    case(interpretation.leaves_the_text_alone, ("amendment.adoption", "1/2"), False, name="amendment.adoption", value="1/2"),
    case(interpretation.explains_the_words, ("三分之二以上成员单位同意。", 22, AGAINST), True),
    case(
        interpretation.explains_the_words,
        ("过半数成员单位同意。", 22, AGAINST),
        False,
        says="过半数成员单位同意。",
        binds="经三分之二以上成员单位同意",
    ),
    case(interpretation.leaves_the_text_alone, ("amendment.roll", "all-members"), True, reading="amendment.roll"),
    case(interpretation.leaves_the_text_alone, ("amendment.roll", "all-members", False), False, name="amendment.roll"),
    case(interpretation.looks_forward, (DAY, DAY), True),
    case(interpretation.looks_forward, (DAY + 1, DAY), True),
    case(interpretation.looks_forward, (DAY - 1, DAY), False, D, effective="2026-03-19", issued=D),
    # law
    case(law.no_order_forbids, ("", "court"), True),
    case(law.no_order_forbids, ("l:1", "court"), False, order="l:1", source="court"),
    # membership
    case(membership.has_declared_an_activity, (("analysis",), ""), True, activities=1),
    case(membership.has_declared_an_activity, ((), "数据标注"), True, activities=0),
    case(membership.has_declared_an_activity, ((), ""), False, 1, activities=0),
    case(membership.has_declared_an_activity, ((), "\u3000 ——"), False, 1, activities=0),
    case(membership.has_declared_an_activity, ((), "标 注"), True, activities=0),
    case(membership.has_declared_an_activity, ((), "标 。"), False, 1, activities=0),
    case(membership.joins_for_itself, ("u:1", "u:1"), True, unit="u:1", signed_by="u:1"),
    case(membership.joins_for_itself, ("u:1", "u:2"), False, "u:1", unit="u:1", signed_by="u:2"),
    case(membership.is_a_domestic_practitioner, (True,), True),
    case(membership.is_a_domestic_practitioner, (False,), False),
    case(membership.accepts_the_rules, (True,), True),
    case(membership.accepts_the_rules, (False,), False),
    case(membership.code_is_valid, (fictional_code(7),), True, code=fictional_code(7)),
    case(membership.code_is_valid, ("91",), False, code="91"),
    case(membership.refusal_cites_a_ground, ("practitioner", ("practitioner", "acceptance")), True, ground="practitioner"),
    case(membership.refusal_cites_a_ground, ("acceptance", ("acceptance",)), True, ground="acceptance"),
    case(membership.refusal_cites_a_ground, ("practitioner", ("acceptance",)), False, "acceptance", ground="practitioner"),
    case(membership.refusal_cites_a_ground, ("practitioner", ()), False, ground="practitioner"),
    case(membership.refusal_cites_a_ground, ("rival", ("practitioner", "acceptance")), False, "practitioner | acceptance", ground="rival"),
    case(membership.withdrawal_is_not_refused, (False,), True),
    case(membership.withdrawal_is_not_refused, (True,), False),
    case(membership.is_a_member_of_the_alliance, ("u:1", True), True, unit="u:1"),
    case(membership.is_a_member_of_the_alliance, ("u:1", False), False, unit="u:1"),
    case(membership.list_is_contiguous, (DAY, DAY), True, begins=D, expected=D),
    case(membership.list_is_contiguous, (DAY + 1, DAY), False, D, begins="2026-03-21", expected=D),
    case(membership.list_is_contiguous, (DAY - 1, DAY), False, D, begins="2026-03-19", expected=D),
    case(membership.list_covers_its_period, (DAY, DAY), True, ends=D, expected=D),
    case(membership.list_covers_its_period, (DAY - 1, DAY), False, D, ends="2026-03-19", expected=D),
    case(membership.list_covers_its_period, (DAY + 1, DAY), False, D, ends="2026-03-21", expected=D),
    case(membership.list_is_the_roll, (True,), True),
    case(membership.list_is_the_roll, (False, "a", "b"), False, stated="a", recomputed="b"),
    # offices
    case(office.only_the_executive_body, ("exec",), True, actor="exec"),
    case(office.only_the_executive_body, ("u:1",), False, "执行机构", actor="u:1"),
    case(office.holds_the_office, ("o:1", {"clerk"}, {"clerk", "secretary"}, DAY), True, officer="o:1", on=D),
    case(office.holds_the_office, ("o:1", {"sysop"}, {"clerk", "secretary"}, DAY), False, "clerk | secretary", on=D),
    case(office.holds_the_office, ("o:1", set(), {"clerk"}, DAY), False, "clerk", officer="o:1"),
    case(office.two_officers_confirm, ({"o:1"},), False, 2, officers=1),
    case(office.two_officers_confirm, ({"o:1", "o:2"},), True, officers=2),
    case(office.two_officers_confirm, ({"o:1", "o:2", "o:3"},), True, officers=3),
    case(office.offices_are_compatible, ("o:1", {"clerk"}, {"secretary"}), True),
    case(office.offices_are_compatible, ("o:1", {"sysop"}, {"clerk"}), True),
    *[
        case(office.offices_are_compatible, ("o:1", held, added), False, officer="o:1", offices=f"{one} + {other}")
        for one, other in office.INCOMPATIBLE
        for held, added in (({one}, {other}), ({other}, {one}), (set(), {one, other}))
    ],
    case(office.key_is_valid, ("u:1", True, 0, 0, None), True),
    case(office.key_is_valid, ("u:1", False, 86_400, 0, None), False, holder="u:1", arrived="1970-01-02 08:00:00",
         valid_from="—", valid_to="—"),
    case(office.key_is_valid, ("u:1", False, 86_400, 60, 120), False, valid_from="1970-01-01 08:01:00",
         valid_to="1970-01-01 08:02:00"),
    case(office.further_key_is_signed_for, ("u:1", 0, False), True, holder="u:1", keys=0),
    case(office.further_key_is_signed_for, ("u:1", 1, False), False, 0, holder="u:1", keys=1),
    case(office.further_key_is_signed_for, ("u:1", 1, True), True, holder="u:1", keys=1),
    case(office.authority_signs_while_it_can, (False,), True, holder="authority"),
    case(office.authority_signs_while_it_can, (True,), False, "authority", holder="authority"),
    case(office.ends_its_own_key, ("u:1", True), True, holder="u:1"),
    case(office.ends_its_own_key, ("u:1", False), False, "u:1", holder="u:1"),
    case(office.last_key_is_ended_knowingly, ("u:1", True, 0), True, holder="u:1", keys=0),
    case(office.last_key_is_ended_knowingly, ("u:1", False, 0), False, "last", holder="u:1", keys=0),
    case(office.last_key_is_ended_knowingly, ("u:1", True, 1), False, holder="u:1", keys=1),
    case(office.last_key_is_ended_knowingly, ("u:1", False, 1), True, holder="u:1", keys=1),
    case(office.systems_key_overlaps, (0,), False, 1, holder="sys", keys=0),
    case(office.systems_key_overlaps, (1,), True, holder="sys", keys=1),
    case(office.keyless_disavow_on_paper, ("u:1", False), True, holder="u:1"),
    case(office.keyless_disavow_on_paper, ("u:1", True), False, "u:1", holder="u:1"),
    case(office.others_record_a_disavowal, (set(),), True, officer=""),
    case(office.others_record_a_disavowal, ({"o:2", "o:1"},), False, officer="o:1 o:2"),
    case(office.no_more_than_two_record, ({"o:1", "o:2"},), True, officers=2),
    case(office.no_more_than_two_record, ({"o:1", "o:2", "o:3"},), False, 2, officers=3),
    case(office.serves_after_the_delay, ("o:1", DAY - 1, DAY), False, D, officer="o:1", begins="2026-03-19"),
    case(office.serves_after_the_delay, ("o:1", DAY, DAY), True, officer="o:1", begins=D),
    case(office.serves_after_the_delay, ("o:1", DAY + 1, DAY), True, officer="o:1", begins="2026-03-21"),
    case(office.signs_for_itself, ("u:1", "u:1"), True, unit="u:1", signed_by="u:1"),
    case(office.signs_for_itself, ("u:1", "u:2"), False, "u:1", unit="u:1", signed_by="u:2"),
    # votes
    case(vote.executive_body_has_no_vote, ("u:1",), True, actor="u:1"),
    case(vote.executive_body_has_no_vote, ("exec",), False, actor="exec"),
    case(vote.is_on_the_frozen_roll, ("u:1", True, 37), True, unit="u:1", roll=37),
    case(vote.is_on_the_frozen_roll, ("u:1", False, 37), False, unit="u:1", roll=37),
    case(vote.window_has_ended, (1, 36, 37), False, seconds_left=1, signed=36, members=37),
    case(vote.window_has_ended, (0, 36, 37), True, seconds_left=0),
    case(vote.window_has_ended, (-1, 36, 37), True, seconds_left=0),
    case(vote.window_has_ended, (9, 37, 37), True, seconds_left=9, signed=37),
    case(vote.paper_has_waited, (0, 9), True, waiting=0),
    case(vote.paper_has_waited, (1, 1), False, waiting=1, seconds_left=1),
    case(vote.paper_has_waited, (1, 0), True, waiting=1, seconds_left=0),
    case(vote.paper_has_waited, (2, -1), True, waiting=2, seconds_left=0),
    case(vote.is_quorate, (None, Count(0, 0, 37), Count(0, 0, 37)), True),
    case(vote.is_quorate, (TWO_THIRDS, Count(8, 24, 37), Count(8, 24, 37)), False, 25, count=24, roll=37, arithmetic="3×24=72<2×37=74"),
    case(vote.is_quorate, (TWO_THIRDS, Count(0, 25, 37), Count(0, 25, 37)), True, 25, count=25, arithmetic="3×25=75≥2×37=74"),
    case(vote.is_quorate, (TWO_THIRDS, Count(17, 25, 37), Count(17, 23, 35)), False, 24, arithmetic="3×23=69<2×35=70"),
    case(vote.is_quorate, (Share(">1/2"), Count(0, 18, 37), Count(0, 18, 37)), False, 19, arithmetic="2×18=36≤37"),
    case(vote.is_quorate, (Share(">1/2"), Count(0, 19, 37), Count(0, 19, 37)), True, 19, arithmetic="2×19=38>37"),
    case(vote.statement_is_the_count, ("a", "a"), True, stated="a", counted="a"),
    case(vote.statement_is_the_count, ("b", "a"), False, "a", stated="b", counted="a"),
    case(vote.statement_is_possible, (Count(25, 37, 37), Count(25, 37, 37)), True, voted=37, roll=37, consents_left=25),
    case(vote.statement_is_possible, (Count(25, 36, 37), Count(24, 35, 36)), True, voted=36, voted_left=35),
    case(vote.statement_is_possible, (Count(25, 37, 37), Count(25, 25, 25)), True, voted=37, roll=37, voted_left=25),
    case(vote.statement_is_possible, (Count(25, 25, 37), Count(25, 25, 37)), True, voted=25, roll=37, voted_left=25),
    case(vote.statement_is_possible, (Count(25, 38, 37), Count(25, 37, 37)), False, voted=38, roll=37),
    case(vote.statement_is_possible, (Count(25, 37, 37), Count(26, 37, 37)), False, consents_left=26),
    case(vote.statement_is_possible, (Count(25, 37, 37), Count(24, 37, 37)), False, voted_left=37),
    case(vote.statement_is_possible, (Count(25, 37, 37), Count(25, 24, 37)), False, voted_left=24),
    case(vote.none_is_withheld, ("u:1", 2, 2), True, unit="u:1", sequence=2, expected=2),
    case(vote.none_is_withheld, ("u:1", 3, 2), False, 2, unit="u:1", sequence=3, expected=2),
    case(vote.none_is_withheld, ("u:1", 1, 2), False, 2, unit="u:1", sequence=1, expected=2),
    case(vote.ballot_is_among_those_opened, ("u:1", 5, True), True, unit="u:1", sealed=5),
    case(vote.ballot_is_among_those_opened, ("u:1", 5, False), False, "启封该选票", unit="u:1", sealed=5),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "args", "holds", "enough", "figures"), CASES)
def test_a_rule_holds_of_what_its_words_say(rule: Any, args: Any, holds: bool, enough: Any, figures: Any) -> None:
    """Below, at and above every boundary; figures and what would be enough are those shown to people."""
    ruling: Ruling = rule(*args)
    assert ruling.holds == ruling.finding.holds == holds
    assert {name: ruling.finding.figures[name] for name in figures} == figures
    assert ruling.finding.enough == enough
    assert ruling.rule is rule.rule


def test_every_rule_has_a_case_each_way() -> None:
    """A rule that nothing refuses, or nothing satisfies, is not tested."""
    tried = {(c.values[0].rule.name, c.values[2]) for c in CASES}  # type: ignore[union-attr]
    ours = {name for name in RULES if name.startswith("gongyue.rules.")}
    assert tried == {(name, way) for name in ours for way in (True, False)}


PROVISIONS = {
    "amendment": "GY-22",
    "annex": ("GY-24", "GY-07"),
    "bulletin": ("GY-13", "GY-14", "GY-17", "GY-18"),
    "case": ("GY-03", "GY-07", "GY-12", "GY-17", "GY-18"),
    "dossier": ("GY-05", "GY-16", "GY-17", "GY-18", "GY-20"),
    "founding": ("GY-01", "GY-21", "GY-26"),
    "interpretation": "GY-25",
    "law": "GY-20",
    "membership": ("GY-02", "GY-04", "GY-23"),
    "office": ("GY-04", "GY-05"),
    "report": ("GY-17", "GY-19"),
    "petition": "GY-14",
    "sanction": "GY-18",
    "vote": "GY-22",
}


@pytest.mark.parametrize("name", sorted(n for n in RULES if n.startswith("gongyue.rules.")))
def test_a_rule_refuses_with_a_code_of_its_articles_and_says_what_it_means(name: str) -> None:
    """Its module's articles, a sentence as docstring, words quoted at the head of the module."""
    rule = RULES[name]
    module, function = name.split(":")
    assert rule.code.startswith(PROVISIONS[module.rpartition(".")[2]])
    assert (inspect.getdoc(getattr(import_module(module), function)) or "").endswith(".")
    assert "第" in (import_module(module).__doc__ or "")


STANDING = {
    "gongyue.rules.amendment:change_applies",
    "gongyue.rules.amendment:is_adopted",
    "gongyue.rules.amendment:is_the_same_change",
    "gongyue.rules.amendment:text_is_the_adopted_text",
    "gongyue.rules.annex:members_consent",
    "gongyue.rules.annex:text_is_the_one_consented_to",
    "gongyue.rules.annex:vote_is_over",
    "gongyue.rules.dossier:evidence_is_covered",
    "gongyue.rules.dossier:nothing_held_is_erased",
    "gongyue.rules.founding:all_initiators_signed",
    "gongyue.rules.founding:articles_are_continuous",
    "gongyue.rules.founding:delegate_is_authorised",
    "gongyue.rules.founding:initiators_suffice",
    "gongyue.rules.founding:refused_is_refused",
    "gongyue.rules.founding:seen_before_it_counts",
    "gongyue.rules.founding:signatory_may_sign",
    "gongyue.rules.founding:text_may_still_change",
    "gongyue.rules.interpretation:explains_the_words",
    "gongyue.rules.interpretation:leaves_the_text_alone",
    "gongyue.rules.interpretation:says_what_it_sets",
    "gongyue.rules.membership:joins_for_itself",
    "gongyue.rules.membership:list_is_the_roll",
    "gongyue.rules.membership:refusal_cites_a_ground",
    "gongyue.rules.petition:member_consents",
    "gongyue.rules.report:is_not_about_the_executive_body",
    "gongyue.rules.sanction:breach_was_verified",
    *(name for name in RULES if name.startswith(("gongyue.rules.office:", "gongyue.rules.vote:"))),
} - {"gongyue.rules.vote:window_has_ended", "gongyue.rules.vote:paper_has_waited"}


def test_rules_about_whose_act_it_is_and_what_was_counted_stand_whatever_the_text_says() -> None:
    """They are never suspended; all others go with their words, unless something holds where the text is silent."""
    assert {name for name, rule in RULES.items() if rule.always} == STANDING
    bare = Meaning(msgspec.structs.replace(bundled_edition(), bindings=()), "x")
    for rule in RULES.values():
        assert bare.suspended(rule.provision) == (rule.provision not in _PROCEDURE | HELD)
    assert {"amendment.proposal", "amendment.adoption", "publication.within"} <= set(bundled_edition().values)


HELD = {
    "amendment.in_effect", "amendment.proposal", "annex.consent", "competition.fair", "founding.covenant", "law.observance",
    "membership.acceptance", "membership.first_batch", "membership.withdrawal", "oversight.complaint", "publication.within",
    "sanction.conditions", "society.supervision",
    "result.publish", "founding.effect", "founding.in_force", "office.executive",
}  # fmt: skip
"""Where a text is silent on these, what the catalogue says holds."""

_PROCEDURE = {
    "effect_and_force",
    "P5",
    "P13",
    "P14",
    "P18",
    "P3",
    "P6",
    "executive.keys",
    "executive.offices",
    "executive.two_persons",
    "interpretation.future",
    "unit.identity",
    "vote.quorum",  # a text that asks for none has none
}


@pytest.mark.parametrize(
    ("words", "nature"),
    [
        ("遵守我国签署的国际规则。", "international"),
        ("坚持公平的原则。", "principle"),
        ("鼓励共享数据。", "encouragement"),
    ],
)
def test_what_an_article_is_whose_words_bind_to_no_duty(words: str, nature: str) -> None:
    """By its own words: on international rules, a principle, else an encouragement."""
    assert case_rules.nature_of(words) == nature
