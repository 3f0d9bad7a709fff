"""The clause catalogue and the passages a checking reader finds: folding, masks, context, nets."""

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.covenant.binding import catalogue as catalogues
from gongyue.covenant.binding import expressions
from gongyue.covenant.binding.catalogue import Capability, catalogue
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.binding.passages import Passage, Reader, passages, proposals, reader
from gongyue.covenant.binding.sentences import split
from gongyue.covenant.parser import outline, read
from gongyue.covenant.text import Part

CAPABILITIES = catalogue().capabilities


def part(text: str, at: str = "1") -> Part:
    """A part of one article."""
    return Part(at, f"第{at}条", None, text)


def found(text: str, by: Reader | None = None) -> set[str]:
    """The capabilities a text has a passage of."""
    return {p.capability for p in passages([part(text)], by or reader())}


def without(name: str, **changes: object) -> Reader:
    """A reader whose capability of that name is changed."""
    import msgspec

    changed = msgspec.structs.replace(CAPABILITIES[name], **changes)
    return Reader(msgspec.structs.replace(catalogue(), capabilities={name: changed}))


@pytest.fixture(scope="module")
def seed() -> list[Part]:
    """The Zhongguancun covenant, part by part."""
    text = files("gongyue.covenant").joinpath("texts", "zgc-big-data.txt").read_bytes()
    return [part(a.text, str(a.number)) for a in read(text, "x.txt").articles]


# -- the catalogue


def test_there_are_fifty_five_capabilities_with_the_guards() -> None:
    """Signature, approval and force are guards; whether a text has an executive body, effect or force is always asked."""
    assert len(CAPABILITIES) == 55 and "vote.resolution" in CAPABILITIES
    assert [n for n, c in CAPABILITIES.items() if c.guard] == [
        "founding.signature",
        "founding.approval",
        "founding.in_force",
    ]
    unsaid = {n: c.alternatives for n, c in CAPABILITIES.items() if c.absent in ("refused", "unsaid")}
    assert unsaid == {
        "founding.effect": ("founding.in_force",), "founding.in_force": ("founding.effect",), "office.executive": (),
    }  # fmt: skip


@pytest.mark.parametrize("name", CAPABILITIES)
def test_a_capability_says_what_it_means_in_both_languages(name: str) -> None:
    """A sentence each in Chinese and English, what it needs, and what an absence means."""
    c = CAPABILITIES[name]
    assert c.means_zh.endswith("。") and c.means_en.endswith(".") and c.zh and c.en and "words" in c.needs
    assert bool(c.then) == (c.absent in ("default", "unsaid"))
    assert not c.then or len(c.then.split(" / ")) == 2 or " " in c.then or "." in c.then


def test_a_catalogue_with_an_unknown_word_list_is_none() -> None:
    """{nobody} and a capability that names another that is not there are refused when the reader is made."""
    text = files("gongyue.covenant.binding").joinpath("capabilities.toml").read_text("utf-8")
    with pytest.raises(ValueError, match="nobody"):
        Reader(catalogues.load(text.replace("{office}", "{nobody}")))
    with pytest.raises(ValueError, match=r"no\.such"):
        catalogues.load(text.replace('or = ["founding.effect"]', 'or = ["no.such"]'))


def test_what_only_proposes_is_not_in_the_normative_part() -> None:
    """`prefer` and the explanations may change at any time; `find`, `mask`, `number` and the words may not."""
    import msgspec

    c = CAPABILITIES["founding.effect"]

    def with_(changed: Capability) -> dict[str, object]:
        return msgspec.structs.replace(
            catalogue(), capabilities=CAPABILITIES | {"founding.effect": changed}
        ).normative()

    assert with_(msgspec.structs.replace(c, prefer=(), means_zh="他")) == catalogue().normative()
    assert with_(msgspec.structs.replace(c, mask=())) != catalogue().normative()


@pytest.mark.parametrize("name", CAPABILITIES)
def test_a_confusable_passage_is_kept_apart_by_what_the_catalogue_says(name: str) -> None:
    """By a mask: it is one without the masks. By find: it is none even then. By number: without it. By prefer: not proposed."""
    c = CAPABILITIES[name]
    unmasked, uncounted = found(c.apart.words, without(name, mask=())), found(c.apart.words, without(name, number=""))
    if c.apart.by == "prefer":
        assert found(c.apart.words) >= {name} and name not in proposals([part(c.apart.words)], reader())
        return
    assert name not in found(c.apart.words)
    assert (unmasked, uncounted) == {"mask": ({name}, set()), "find": (set(), set()), "number": (set(), {name})}[
        c.apart.by
    ]


@pytest.mark.parametrize("name", [n for n, c in CAPABILITIES.items() if any("…" not in x for x in c.prefer)])
def test_every_expression_is_written_folded(name: str) -> None:
    """A pattern in traditional characters would never be found."""
    c = CAPABILITIES[name]
    written = [x for alternative in c.find for group in alternative for x in group] + list(c.mask) + list(c.prefer)
    assert [x for x in written if fold(x) != x] == []


# -- folding


def test_folding_makes_one_of_variants_and_keeps_its_mark() -> None:
    """No folded character folds again; the same character never folds two ways."""
    pairs = catalogue().fold
    before, after = pairs[::2], pairs[1::2]
    assert len(set(before)) == len(before) and not set(before) & set(after)
    assert fold("應有會員３／４以上之出席") == "应有会员3/4以上之出席"


@given(st.text(st.sampled_from(catalogue().fold + "公约，。\n　 3３三參")))
def test_folding_keeps_length_and_is_done_once(text: str) -> None:
    """So that every place in the folded text is that place in the text."""
    assert len(fold(text)) == len(text) and fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("公约，。；\n　 三分之二（一）、1."), max_size=60))
def test_joining_drops_only_blanks_and_line_ends(text: str) -> None:
    """What is left is the text's own characters at their places."""
    close, places = joined(text)
    assert "".join(text[i] for i in places) == close and places == sorted(places)
    assert [c for c in text if c not in " 　\n"] == [c for c in close if c != "\n"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("本公约经发起单位法定代表人签字，\n并经主管部门批准后生效。", 1), ("本公约经发起单位法定代表人签字并经主管部\n门批准后生效。", 1),
        ("须经三分之\n二以上同意。", 1), ("会员的权利：\n选举权\n被选举权", 3), ("会员应当诚实守信，遵守本公约，\n（一）守法；", 2),
        ("甲。乙；丙！", 3), ("（一） 甲。\n（二） 乙。", 2),
    ],
)  # fmt: skip
def test_broken_lines_are_joined_before_sentences_are_cut(text: str, count: int) -> None:
    """A line that does not end, and a numeral that goes on, make no sentence of their own; a label below does."""
    assert len(list(split("1", text))) == count


def test_a_broken_line_hides_no_approval() -> None:
    """主管部\\n门批准 is found as if it stood on one line, and quoted as it stands."""
    text = "本公约经发起单位法定代表人签字并经主管部\n门批准后生效。"
    assert {p.words for p in passages([part(text)], reader())} == {text}
    assert {"founding.approval", "founding.signature", "founding.effect"} <= found(text)


# -- passages


def test_the_seed_has_a_passage_of_every_capability_it_carries_out(seed: list[Part]) -> None:
    """Forty-two capabilities have passages; those without are what the text does not say."""
    there = {p.capability for p in passages(seed, reader())}
    assert set(CAPABILITIES) - there == {
        "founding.filing", "founding.adoption", "membership.decision", "membership.lapse", "office.term", "appeal",
        "amendment.approval", "vote.quorum", "vote.resolution", "vote.presence", "vote.proxy", "vote.secret", "termination",
    }  # fmt: skip


def test_passages_come_in_order_and_are_the_same_every_time(seed: list[Part]) -> None:
    """Parts, then sentences, then the catalogue's order; nothing depends on chance."""
    first = passages(seed, reader())
    assert passages(seed, Reader(catalogue())) == first
    order = list(CAPABILITIES)
    texts = {p.at: p.text for p in seed}
    places = [(int(p.at), texts[p.at].index(p.words), order.index(p.capability)) for p in first]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本章程呈准主管機關登記後施行。", {"founding.approval", "founding.in_force"}),
        ("本公约由全体成员单位签署，自签署之日起生效。", {"founding.signature", "founding.effect", "founding.in_force"}),
        ("本章程须经业务主管单位审核同意后施行。", {"founding.approval", "founding.in_force"}),
        ("本规约经学校核备后实施。", {"founding.approval", "founding.in_force"}),
        ("本公约奉上级机关之令起效。", {"founding.approval", "founding.effect", "founding.in_force"}),
    ],
)  # fmt: skip
def test_no_unknown_synonym_hides_an_approval_or_a_force(text: str, names: set[str]) -> None:
    """The text's own name with an office, or with 施行, 实施, 生效, 起效, is a passage, whatever the verb."""
    assert names <= found(text)


def test_equal_sentences_are_counted() -> None:
    """The second of two equal sentences is its second occurrence."""
    text = "本公约自公布之日起施行。甲。本公约自公布之日起施行。"
    force = [p for p in passages([part(text, "7")], reader()) if p.capability == "founding.in_force"]
    assert force == [Passage("founding.in_force", "7", n, "本公约自公布之日起施行。") for n in (1, 2)]


def test_a_leads_words_count_for_its_items_and_theirs_for_it() -> None:
    """「修改章程」 under a lead of what needs two thirds: lead and items are read together; a list of powers adopts nothing."""
    text = "下列事项须经会员三分之二以上同意：\n（一）修改章程；\n（二）解散。\n其他事项另定。"
    assert [p.words for p in passages([part(text)], reader()) if p.capability == "amendment.adoption"] == [
        "下列事项须经会员三分之二以上同意：",
    ]
    assert "amendment.adoption" not in found("会员大会的职权：\n（一）修改章程；\n（二）选举理事。")


def test_the_head_of_an_article_is_context_to_all_of_it() -> None:
    """章程修改 in the first thirty characters makes the later share one of amending; after more than that it does not."""
    assert "amendment.adoption" in found("本章程的修改程序如下。须经会员三分之二以上同意。")
    assert "amendment.adoption" not in found("甲" * 30 + "本章程的修改程序如下。须经会员三分之二以上同意。")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_masking_never_adds_a_passage(data: st.DataObject) -> None:
    """What is found with the masks is found without them."""
    pool = [x for c in CAPABILITIES.values() for x in (*c.mask, *c.prefer, c.apart.words)]
    text = "".join(
        data.draw(
            st.lists(st.sampled_from([*pool, "，", "。", "\n", "（一）", "：", "本公约", "三分之二以上"]), max_size=12)
        )
    )
    text = text.replace("…", "的")
    import msgspec

    bare = {n: msgspec.structs.replace(c, mask=()) for n, c in CAPABILITIES.items()}
    more = passages([part(text)], _bare(bare))
    assert set(passages([part(text)], reader())) <= set(more)


BARE: list[Reader] = []


def _bare(capabilities: dict[str, Capability]) -> Reader:
    """The reader without masks, made once."""
    import msgspec

    if not BARE:
        BARE.append(Reader(msgspec.structs.replace(catalogue(), capabilities=capabilities)))
    return BARE[0]


def test_a_proposal_is_a_clause_that_stands_at_its_occurrence(seed: list[Part]) -> None:
    """The seed's clauses for effect, adoption and publication are proposed with the words the rules carry out today."""
    proposed = proposals(seed, reader())
    said = {n: (p.at, p.nth, p.words) for n, p in proposed.items()}
    assert said["founding.approval"] == ("21", 1, "并经由主管部门批准后生效")
    assert said["amendment.adoption"] == ("22", 1, "并经三分之二以上成员单位同意")
    assert said["publication.within"] == ("21", 1, "并在生效后的30日内由中关村大数据产业联盟向社会公布")
    texts = {p.at: p.text for p in seed}
    assert all(texts[p.at].count(p.words) >= p.nth for p in proposed.values())


@pytest.mark.parametrize(
    "piece",
    [
        "三分之二",
        "每年至少",
        "（一）甲：\n",
        "修改章程",
        "主管部门的本公约施行",
        "：（一）",
        "一",
        "甲，\n",
        "下列：\n1.",
        "出席",
    ],
)
def test_nothing_repeated_without_end_tires_the_reader_of_passages(piece: str) -> None:
    """Leads within leads have a hundred sentences of context, no more; every answer comes, and every sentence is looked at."""
    text = piece * (20_000 // len(piece))
    assert all(p.words in text for p in passages([part(text)], reader()))


@pytest.mark.parametrize(
    "sentence",
    [
        "本要点经学务会议核定后实施。",
        "本制度自通过之日起执行。",
        "本章程自社团成立后执行。",
        "本细则自公布日起执行。",
        "本宣言经批准后生效。",
    ],
)
def test_force_is_a_passage_whatever_the_text_calls_itself(sentence: str) -> None:
    """要点, 制度, 细则; and 执行 where the text says since when."""
    parts = outline(
        f"某会文本\n第一条 会员应当守法，诚实信用，共同维护行业秩序。\n第二条 {sentence}".encode(), "x.txt"
    ).parts
    assert any(p.capability == "founding.in_force" and p.at == "2" for p in passages(parts, reader()))


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("甲丙", True),
        ("甲" + "乙" * 12 + "丙", True),
        ("甲" + "乙" * 13 + "丙", False),
        ("甲，乙、丙", True),
        ("甲。丙", False),
        ("甲；丙", False),
        ("甲\n丙", False),
        ("丙甲", False),
        ("丙甲丙", True),
        ("甲", False),
        ("丙", False),
    ],
)
def test_what_stands_apart_stands_in_order_in_one_clause(text: str, stands: bool) -> None:
    """Up to twelve characters between two words, and no end of a sentence; both words alone are not enough."""
    name = next(iter(CAPABILITIES))
    by = without(name, find=((("甲…丙",),),), mask=(), number="", guard=False)
    assert (name in found(text, by)) is stands


def test_an_expression_is_made_a_pattern_when_its_words_are_found() -> None:
    """A checking reader that is only asked about other words compiles nothing: every command would, for thousands."""
    expressions.pattern.cache_clear()
    by = Reader(catalogue())
    assert passages([part("春眠不觉晓")], by) == ()
    assert expressions.pattern.cache_info().currsize == 0
