"""A text that calls itself by a word nobody listed, or by none: effect, force, approval and change are seen all the same."""

import pytest

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.passages import reader
from gongyue.covenant.binding.self_names import LONGEST, written_over
from gongyue.covenant.binding.sentences import split
from tests.covenant.test_passages import found

NAMES = [
    "会章", "会规", "盟约", "标准", "行规", "声明", "自律书", "行约", "乡约", "合约", "纲领", "简章", "会则", "团章",
    "校规", "手册", "共识", "契约", "行动纲领", "行业自律书", "体系规范", "书",
]  # fmt: skip
"""What texts call themselves, none of which the catalogue has."""
FORCE = {"founding.effect", "founding.in_force"}


@pytest.mark.parametrize("name", NAMES)
def test_no_name_hides_force_approval_or_change(name: str) -> None:
    """The four clauses that decide what holds are passages, whatever follows 本."""
    assert f"本{name}" not in catalogue().words["self"]
    assert found(f"本{name}由公元2028年5月22日开始生效。") >= FORCE
    assert "founding.in_force" in found(f"本{name}自通过后施行。")
    assert "founding.approval" in found(f"本{name}经市民政局核准。")
    assert "amendment.proposal" in found(f"对本{name}的修改，由理事会提出。")


@pytest.mark.parametrize("name", sorted(n for n in catalogue().words["self"] if n.startswith("本") and n != "本文件"))
def test_a_known_name_is_none_that_only_some_clauses_have(name: str) -> None:
    """本规范 is in the list of names and in none of texts that change: a change of it is seen too."""
    assert {"amendment.proposal", "amendment.adoption"} <= found(f"对{name}的修改，由理事会提出，大会通过。")


@pytest.mark.parametrize(
    "words",
    [
        "本会应当于", "本协会会员由", "本行业企业自愿", "本着自愿原则", "基本准则于", "本届理事会由", "本单位负责人", "本市企业", "日本标准由",
        "本会决议自", "本次会议由", "本会秘书处由", "本会负责解释", "本联盟成员的", "本人自愿", "本项目由", "成本由", "本地区经", "本会议由", "本公约由",
    ],
)  # fmt: skip
def test_a_body_a_place_or_a_thing_is_no_text(words: str) -> None:
    """What 本 points to besides texts stays as it is, and so does a name that the catalogue knows."""
    assert written_over(words) == words


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("5月22日本会章生效", "5月22日本公约生效"),
        ("本行业自律书由", "本行自律公约由"),
        ("加入本会规、本盟约的", "加入本公约、本公约的"),
        ("本文自", "本约自"),
        ("本" + "一" * (LONGEST - 1) + "规由", "本一一自律公约由"),
        ("本" + "一" * LONGEST + "规由", "本" + "一" * LONGEST + "规由"),
    ],
)
def test_a_name_is_written_over_to_its_length(words: str, read: str) -> None:
    """As long as it was, so that every place in the sentence still holds; a name of more characters is none."""
    assert written_over(words) == read and len(words) == len(read)


def test_a_sentence_keeps_its_words() -> None:
    """What is matched is written over, what is shown stands as it is in the text."""
    (sentence,) = split("1", "本會章自公布之日起生效。")
    assert (sentence.words, sentence.plain) == ("本會章自公布之日起生效。", "本公约自公布之日起生效。")


def test_what_is_written_over_hides_nothing() -> None:
    """The sentence as it stands is looked at as well: a word that stood in a name still says what it says."""
    assert written_over("公约文本上署名。") == "公约文本上署名。"
    assert written_over("法定代表人提交本共同签署书。") == "法定代表人提交本共自律公约。"
    assert "founding.signature" in found("法定代表人提交本共同签署书。")


def test_words_are_opened_under_any_name() -> None:
    """Half a clause around a number is looked at in the same way."""
    assert reader().opens("founding.in_force", "本会章生效")
    assert not reader().opens("founding.in_force", "本会章由")
