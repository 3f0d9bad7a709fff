"""Lists that only the file's bullets tell apart keep them: below no colon, one within the other; others are read as ever."""

from __future__ import annotations

import pytest

from gongyue.covenant import parser
from gongyue.covenant.binding.outline_shown import shown
from gongyue.covenant.binding.passages import placed, reader
from gongyue.covenant.edition import items_of
from gongyue.covenant.parser import bullets
from gongyue.covenant.text import Outline

_ABOVE = "# 海风社区公约\n\n## 第一条 "
_BELOW = "\n\n## 第二条 施行\n本公约自公布之日起施行。\n"
Items = list[tuple[str, str]]


def _read(text: str, name: str = "海风.md") -> Outline:
    made = parser.outline(text.encode(), name)
    assert all(p.items == items_of(p.text) for p in made.parts)
    listed = parser.laid_lines(text.encode(), name, made, {})
    assert not [x for x in listed if x.role == "out"]
    return made


def _items(text: str, name: str = "海风.md") -> Items:
    return [(i.label, i.text) for i in _read(text, name).parts[0].items]


@pytest.mark.parametrize(
    ("body", "listed"),
    [
        ("我们的原则\n- 尊重他人。\n- 互相帮助。", [("•", "尊重他人。"), ("•", "互相帮助。")]),
        ("成员享有以下权利\n* 参加活动\n  * 线上\n  * 线下\n* 提出建议", [("•", "参加活动\n◦ 线上\n◦ 线下"), ("•", "提出建议")]),
        ("维护者应当做到：\n- 及时；\n  - 不推诿\n- 公正。", [("•", "及时；\n◦ 不推诿"), ("•", "公正。")]),
        ("处理\n1. 警告\n   - 书面。\n   - 公开。\n2. 封禁\n   - 后果。", [("1.", "警告\n• 书面。\n• 公开。"), ("2.", "封禁\n• 后果。")]),
        ("义务\n- 处理：\n  1. 警告\n  2. 封禁\n- 公正", [("•", "处理：\n1. 警告\n2. 封禁"), ("•", "公正")]),
    ],
)  # fmt: skip
def test_what_only_bullets_tell_apart_keeps_them(body: str, listed: Items) -> None:
    """Lines set in stay below their item, with numbers of their own or without."""
    assert _items(_ABOVE + body + _BELOW) == listed


def test_a_list_that_a_colon_leads_is_read_as_ever() -> None:
    """Its items need no bullets, and its characters are the file's."""
    made = _read(f"{_ABOVE}成员应当：\n- 尊重他人；\n- 互相帮助。{_BELOW}")
    assert made.parts[0].text == "成员应当：\n尊重他人；\n互相帮助。"
    assert [(i.label, i.text) for i in made.parts[0].items] == [("", "尊重他人；"), ("", "互相帮助。")]


def test_two_lists_of_one_part_are_left_as_they_are() -> None:
    """By their characters a lead between them would be of the item above; it is asked about. A paragraph set in below a bullet is that item's."""
    two = _read(f"{_ABOVE}我们鼓励\n* 尊重；\n* 友善。\n\n不可接受的行为\n* 骚扰；\n* 侮辱。{_BELOW}")
    assert "•" not in two.parts[0].text
    assert _items(f"{_ABOVE}我们鼓励\n* 尊重：\n  不论出身；\n* 友善。{_BELOW}") == [
        ("•", "尊重：\n不论出身；"),
        ("•", "友善。"),
    ]


def test_dashes_of_plain_text_are_bullets_too() -> None:
    """No dash that begins no list: a sentence that goes on with one."""
    text = "海风公约\n第一条 我们的原则\n- 尊重他人\n- 互相帮助\n第二条 本公约自公布之日起施行。\n"
    assert _items(text, "海风.txt") == [("•", "尊重他人"), ("•", "互相帮助")]
    assert _items(text.replace("- ", "-"), "海风.txt") == []


def test_the_list_of_articles_has_the_same_items() -> None:
    """`read` of a text of articles and the outline that is bound."""
    text = f"{_ABOVE}我们的原则\n- 尊重他人\n- 互相帮助{_BELOW}"
    read = parser.read(text.encode(), "海风.md").articles[0]
    assert (read.text, read.items) == (_read(text).parts[0].text, _read(text).parts[0].items)


def test_the_last_lines_below_a_bullet_that_end_in_stops_are_asked_about() -> None:
    """Nothing among their characters says that they are the item's still."""
    made = _read(f"{_ABOVE}行为\n- 骚扰：\n  - 跟踪。\n- 泄露：\n  - 住址。\n  - 电话。{_BELOW}")
    assert [i.text for i in made.parts[0].items] == ["骚扰：\n◦ 跟踪。", "泄露：\n◦ 住址。"]
    assert [o.words for o in made.oddities] == ["电话。"]


def test_numbers_set_in_from_a_bullet_are_its_own() -> None:
    """None of them is a point of the division; those that stand as far out as the bullets are."""
    text = "# 群规\n\n## 一、须知\n* 友善\n* 群规经三分之二以上群友同意修改\n    1. 投票期三天\n    2. 弃权不计\n\n## 二、施行\n自公布之日起施行。\n"
    assert _items(text) == [("•", "友善"), ("•", "群规经三分之二以上群友同意修改\n1. 投票期三天\n2. 弃权不计")]
    assert [p.at for p in _read(text.replace("    ", "")).parts] == ["一", "一/1", "一/2", "二"]


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("## 执行\n1. 警告\n   - 后果\n   - 期限\n2. 封禁", "编号 1.，3 段，2 项（•）", "numbered 1., 3 paragraphs, 2 items (•)"),
        ("## 执行\n1. 警告\n2. 封禁", "编号 1.，1 段", "numbered 1., 1 paragraph"),
        ("## 执行\n会员应当：（1）守约；（2）互助。\n不得有违。", "1 段，2 项（（1）–（2））", "1 paragraph, 2 items (（1） to （2）)"),
        (
            "## 执行\n会员应当：\n（1）守约：\n1. 按时；\n2. 如实。\n（2）互助。\n不得有违。",
            "5 段，2 项（（1）–（2）），其下又 2 项", "5 paragraphs, 2 items (（1） to （2）), 2 more below them",
        ),
    ],
)  # fmt: skip
def test_a_number_of_its_own_is_no_item_as_it_is_shown(text: str, zh: str, en: str) -> None:
    """3. of a paragraph is its number; what stands within items is counted by itself."""
    made = _read(f"# 海风社区公约\n\n我们制定本公约。\n\n{text}\n\n## 生效\n本公约自公布之日起生效。\n")
    row = next(row for c in shown(made, ()).chapters if c.heading == "执行" for row in c.rows)
    assert row.figures == (zh, en)


@pytest.mark.parametrize(
    "body",
    [
        "本公约的生效须经\n- 主管部门批准\n- 发起单位签署\n后生效。", "生效\n- 本公约经主管部门\n- 批准后生效",
        "本公约由下列各方签字\n- 发起单位法定代表人\n- 主管部门", "本公约满足以下条件后生效\n- 全体发起单位签署\n- 报主管部门\n  - 审核\n  - 批准",
        "施行\n- 本公约自下列日期起施行\n  - 2026年1月1日\n  - 公布之日", "修改本公约\n- 须经全体成员\n- 三分之二以上同意\n  - 方可生效",
    ],
)  # fmt: skip
def test_no_clause_is_torn_from_its_words_by_bullets(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found of signature, approval, force and change in a list is what was found without its bullets."""

    def found() -> set[str]:
        return {p.capability for p, _ in placed(_read(f"{_ABOVE}{body}{_BELOW}").parts, reader())}

    with_bullets = found()
    monkeypatch.setattr(bullets, "kept", lambda parts, read: iter(parts))
    assert with_bullets == found() != set()
