"""Structure that its own marks do not say: numbered headings, notes, broken paragraphs, tables, lists without stops."""

from gongyue.covenant.parser import outline, read
from gongyue.covenant.text import Outline


def outlined(text: str, name: str = "x.txt") -> Outline:
    """The outline of a text."""
    return outline(text.encode(), name)


def why(found: Outline) -> dict[str, str]:
    """What is said in Chinese of each oddity's words."""
    return {o.words: o.why.partition(" / ")[0] for o in found.oddities}


def test_numbered_headings_above_paragraphs_are_sections() -> None:
    """1. 开放, 2. 守信, each above lines without a number; not where one has none below, and asked about where another is numbered so."""
    text = "湖区宪章\n1. 开放\n会议记录应当公开。\n任何人可以旁听。\n2. 守信\n成员应当守约。\n"
    found = outlined(text)
    assert [(c.number, c.title) for c in found.chapters] == [(1, "开放"), (2, "守信")]
    assert [p.at for p in found.parts] == ["§1/1", "§1/2", "§2"]
    assert found.assumed == ()
    assert outlined(text + "3. 留白\n").chapters == ()
    (doubt,) = outlined(text + "1. 补充。\n").assumed
    assert doubt.why.startswith("带编号的短行读作标题")


def test_chapters_may_be_numbered_with_digits() -> None:
    """1. 总则 above article 1, 2. 会员 above another; the next item of a list is none, and keeps its article."""
    numbered = "湖区章程\n1. 总则\n第一条 甲守约。\n2. 会员\n第二条 乙守约。\n3. 组织机构。\n第三条 丙守约。"
    expected = [(1, "总则"), (2, "会员"), (3, "组织机构")]
    assert [(c.number, c.title) for c in outlined(numbered).chapters] == expected
    assert [(c.number, c.title) for c in read(numbered.encode(), "x.txt").chapters] == expected
    listed = outlined("湖区章程\n1. 总则\n第一条 分为：\n1. 南岸\n2. 北岸\n第二条 乙守约。")
    assert [c.title for c in listed.chapters] == ["总则"]
    assert [i.text for i in listed.parts[0].items] == ["南岸", "北岸"]


def test_a_note_below_the_last_article_is_none_of_it() -> None:
    """附註：, 备注：, 注： end the articles; a paragraph in brackets stays and is to be looked at."""
    for mark in ("附註：", "备注：", "注："):
        found = outlined(f"第一条 甲守约。\n第二条 乙守约。\n{mark}\n1.填表。\n2.缴费。")
        assert [(p.at, p.text) for p in found.parts][1] == ("2", "乙守约。")
        assert any(mark in words for words in why(found))
    bracketed = outlined("第一条 甲守约。\n第二条 乙守约。\n（本约依法（试行）制定。）")
    assert why(bracketed)["（本约依法（试行）制定。）"].startswith("整段在括号里")
    items = outlined("第一条 甲守约。\n第二条 包括：\n（一）南岸；\n（二）北岸（含岛）")
    assert [o.words for o in items.oddities] == ["x"]  # no title; of its articles nothing


def test_items_of_one_line_need_no_stops_where_brackets_count_on() -> None:
    """：（一）甲（二）乙（三）丙; what only cites an item, or counts to two, is cut nowhere."""
    found = outlined("第一条 提交文件：（一） 申请书（二） 草案（三）名册。\n第二条 乙守约。")
    assert [(i.label, i.text) for i in found.parts[0].items] == [
        ("（一）", "申请书"),
        ("（二）", "草案"),
        ("（三）", "名册。"),
    ]
    for text in (
        "依照：（一）甲第（二）乙第（三）丙。",
        "依照：（一）甲（二）项乙（三）款丙。",
        "依照：（一）甲（二）乙。",
    ):
        assert outlined(f"第一条 {text}\n第二条 乙守约。").parts[0].items == ()


def test_a_broken_paragraph_is_one_and_a_new_one_begins_below_a_stop() -> None:
    """In Markdown and in plain text; also the second line of a bullet. A blank line, a heading or a name keeps them apart."""
    text = "# 规则\n\n## 决策\n\n大事须由参加表决的成员\n三分之二以上同意。\n小事可以由甲\n办理。\n\n乙办\n\n丙办。\n\n- 急事由全体成员\n  过半数同意\n- 琐事\n"
    found = outlined(text, "x.md")
    assert [p.text for p in found.parts] == [
        "大事须由参加表决的成员\n三分之二以上同意。", "小事可以由甲\n办理。", "乙办", "丙办。", "急事由全体成员\n过半数同意", "琐事",
    ]  # fmt: skip
    apart = outlined("湖区公告\n冠军：奖杯一座\n亚军：奖状一张\n各队应当守约。")
    assert [p.text for p in apart.parts] == ["冠军：奖杯一座", "亚军：奖状一张", "各队应当守约。"]


def test_what_markdown_does_not_print_is_no_law_and_is_said() -> None:
    """Tables of contents and footnotes are oddities; where links lead is nothing at all."""
    text = "# 湖区规则\n\n* [决策](#决策)\n\n## 决策\n\n大事公议。[^1] 见[网址][x]。\n\n[^1]: 公议即表决。\n[^2]:\n[x]: https://example.org\n"
    found = outlined(text, "x.md")
    assert [p.text for p in found.parts] == ["大事公议。 见[网址][x]。"]
    assert why(found) == {"决策": "目录，不属于正文", "公议即表决。": "脚注或尾注，不属于条文"}
    articles = outlined(
        "第一条 甲。[^a]\n第二条 乙。[^b][^a]\n第三条 丙。\n\n[^b]: 乙注\n[^a]: 甲注\n[^c]: 丁注\n", "x.md"
    )
    assert [p.text for p in articles.parts] == ["甲。", "乙。", "丙。"]
    assert [(o.article, o.words) for o in articles.oddities if o.words != "x"] == [
        (1, "甲注"),
        (2, "乙注"),
        (3, "丁注"),
    ]


def test_rows_of_a_table_with_numbers_are_to_be_looked_at() -> None:
    """Cells are read one after the other, whatever one says of the next; a row without numbers is not worth a look."""
    drawn = "# 湖区规则\n\n| 事项 | 门槛 |\n|---|---|\n| 修约 | 三分之二 |\n| 小事 | 商议 |\n"
    marked = "# 湖区规则\n\n<table>\n<tr><td>修约</td> <td>三分之二</td></tr>\n<tr><td>小事</td><td>商议</td></tr>\n</table>\n"
    for text in (drawn, marked):
        found = outlined(text, "x.md")
        assert "修约 三分之二" in [p.text for p in found.parts]
        rows = [words for words, said in why(found).items() if said.startswith("表格的一行")]
        assert rows == ["修约 | 三分之二"]


def test_a_name_above_the_last_line_is_to_be_looked_at() -> None:
    """Who issued the text, with one more line below; a heading is none, nor is a name with a paragraph below."""
    found = outlined("湖区倡议\n一、甲应当守约。\n二、乙应当守约。\n湖区运营团队\n最终解释权归湖区所有")
    assert why(found)["湖区运营团队"].startswith("可能是落款")
    long = "本倡议自发布之日起施行，由湖区管理委员会负责解释，未尽事宜由各方协商解决，协商不成的提请联席会议决定"
    for below in ("附则\n本倡议自发布之日起施行。", f"湖区运营团队\n{long}"):
        assert not any(
            said.startswith("可能是落款")
            for said in why(outlined(f"湖区倡议\n一、甲守约。\n二、乙守约。\n{below}")).values()
        )


def test_what_stands_below_a_chapters_name_is_nobodys_article_and_is_never_lost() -> None:
    """Above the first article too, below a section's name, and below the last one; each a paragraph of its chapter, and said."""
    text = (
        "湖区规范\n第一章 总则\n湖区由岸民共管。\n第二章 守则\n第一节 禁止\n岸民不得有下列行为：\n第一条 毁堤。\n第二条 滥捕。\n"
        "第三章 处理\n违者停权七日。\n第三条 情节严重的除名。\n第四章 申诉\n不服的可以申诉。"
    )
    found = outlined(text)
    expected = [
        ("¶1", 1, "湖区由岸民共管。"), ("¶2", 2, "岸民不得有下列行为："), ("1", 2, "毁堤。"), ("2", 2, "滥捕。"), ("¶3", 3, "违者停权七日。"),
        ("3", 3, "情节严重的除名。"), ("¶4", 4, "不服的可以申诉。"),
    ]  # fmt: skip
    assert [(p.at, p.chapter, p.text) for p in found.parts] == expected
    loose = [words for at, _, words in expected if at[0] == "¶"]
    assert [w for w, said in why(found).items() if said.startswith("章、节名称之下")] == loose
    listed = read(text.encode(), "x.txt")
    assert [a.text for a in listed.articles] == ["毁堤。", "滥捕。", "情节严重的除名。"]
    assert {o.words for o in listed.oddities} >= set(loose)


def test_headings_that_print_their_numbers_keep_them() -> None:
    """## 2. and ### 2.1 are §2 and §2/1 whatever other headings stand between; where they do not count on, headings by their order."""
    text = (
        "# 湖区规则\n\n先读。\n\n## 1. 归属\n\n湖归岸民。\n\n岸归村。\n\n### 例外\n\n岛归县。\n\n## 2. 守则\n\n人人守约。\n\n### 2.1 捕捞\n\n不得滥捕。\n\n"
        "每日一次。\n\n#### 2.1.1 网眼\n\n不得过细。\n\n### 2.3 航行\n\n慢行。\n\n## 3. 修改\n\n"
    )
    found = outlined(text, "x.md")
    assert [(c.number, c.title) for c in found.chapters] == [(1, "归属"), (2, "守则"), (3, "修改")]
    assert [(p.at, p.chapter, p.text) for p in found.parts] == [
        ("¶1", None, "先读。"), ("§1/1", 1, "湖归岸民。"), ("§1/2", 1, "岸归村。"), ("§1/3", 1, "岛归县。"), ("§2", 2, "人人守约。"),
        ("§2/1", 2, "2.1 捕捞\n不得滥捕。\n每日一次。\n不得过细。"), ("§2/3", 2, "2.3 航行\n慢行。"),
    ]  # fmt: skip
    assert set(why(found)) == {"例外", "2.1.1 网眼", "2.3 航行"}
    for other in (
        text.replace("## 3.", "## 4."),
        text.replace("### 2.3", "### 1.3"),
        text.replace("## 3. 修改\n\n", "")[:40],
    ):
        assert all(c.number is None for c in outlined(other, "x.md").chapters)


def test_a_heading_without_a_number_ends_the_divisions() -> None:
    """## 其他 below ## 二、 is a chapter of its own; a deeper one stays in its division."""
    found = outlined(
        "# 湖区规范\n\n## 一、捕捞\n1.1 不得滥捕。\n## 二、航行\n### 要点\n2.1 慢行。\n## 其他\n\n未尽事宜公议。\n",
        "x.md",
    )
    assert [c.title for c in found.chapters] == ["捕捞", "航行", "其他"]
    assert [(p.at, p.chapter, p.text) for p in found.parts] == [
        ("一", 1, "捕捞"), ("一/1", 1, "不得滥捕。"), ("二", 2, "航行\n要点"), ("二/1", 2, "慢行。"), ("¶1", 3, "未尽事宜公议。"),
    ]  # fmt: skip


def test_a_drawing_in_a_plain_fence_is_told_by_its_boxes() -> None:
    """Lines with box characters are no law in Markdown, and are said."""
    found = outlined("# 湖区规则\n\n## 任命\n\n```\n岸民\n  ├→ 选出三人\n```\n三人议事。\n", "x.md")
    assert [p.text for p in found.parts] == ["岸民", "三人议事。"]
    assert why(found) == {"├→ 选出三人": "图的代码，不属于正文", "岸民": "代码块里的字，读作正文：请核对"}


def test_lines_of_a_list_that_run_together_are_to_be_looked_at() -> None:
    """A bullet without a stop reads on into the next one, whose number may take its words from it."""
    said = "列举的上一行没有句末标点"
    for text, lines in (
        ("- 技术委员会审核通过后进入草案阶段\n- 至少三十天的评审期", ["至少三十天的评审期"]),
        ("- 技术委员会审核通过后进入草案阶段；\n- 至少三十天的评审期", []),
        ("- 审核通过后进入草案\n- 至少三十天的评审期", []),
        ("- 技术委员会审核通过后进入草案阶段\n- 任何人可以提出意见", []),
    ):
        found = outlined(f"# 湖区规则\n\n## 阶段\n\n分为：\n{text}\n", "x.md")
        assert [w for w, why_ in why(found).items() if why_.partition("：")[2].startswith(said)] == lines
