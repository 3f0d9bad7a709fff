"""Articles that begin anew in each chapter: every address a person may give is taken, what stands twice is counted on."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from gongyue.cli.main import main
from gongyue.covenant.binding.draft import begin
from gongyue.covenant.parser import outline

TEXT = """湖区环保协会制度
【第一章 总  则】
第一条 本会爱护湖水。
第二条 本会由会员组成。
【第二章 会议】
第一条 会员应按时到会。
第二条 会议应有记录。
【附则】
第一条 本制度由本会解释。
第一条 本制度自公布之日起施行。
"""


def test_brackets_are_no_part_of_a_chapters_name() -> None:
    """Brackets are no part of a chapters name."""
    found = outline(TEXT.encode(), "x.txt")
    assert [(c.number, c.title) for c in found.chapters] == [(1, "总  则"), (2, "会议"), (None, "附则")]
    assert [p.at for p in found.parts] == ["1/1", "1/2", "2/1", "2/2", "3/1", "3/1#2"]


@pytest.mark.parametrize(
    ("given", "at"), [("", "3/1#2"), ("2", "3/2"), ("3/2", "3/2"), ("6/1", "6/1"), ("2/1", ""), ("1.1", "3/1.1")]
)
def test_an_article_that_stands_twice_is_named_as_a_person_gives_it(given: str, at: str) -> None:
    """An article that stands twice is named as a person gives it."""
    d = begin(TEXT.encode(), "x.txt")
    (doubt,) = d.read.outline.doubts
    done = d.resolve(doubt.line, given or doubt.at) if at else None
    if done is None:
        with pytest.raises(ValueError, match="已有"):
            d.resolve(doubt.line, given)
        return
    assert [p.at for p in done.read.outline.parts][-1] == at and not done.read.outline.doubts
    assert done.read.outline.parts[-1].label.count("重出") == at.count("#")


def test_a_text_whose_articles_do_not_count_on_is_listed_with_its_addresses(tmp_path) -> None:
    """Without a doubt it is read; with one it is refused, and listed all the same."""
    path = tmp_path / "x.txt"
    path.write_text(TEXT.replace("第一条 本制度自公布", "第二条 本制度自公布"), "utf-8")
    read = CliRunner().invoke(main, ["read", str(path)])
    assert read.exit_code == 0 and "  2/1  会员应按时到会。" in read.output
    path.write_text(TEXT, "utf-8")
    refused = CliRunner().invoke(main, ["read", str(path)])
    assert refused.exit_code == 1 and "GY-01-01" in refused.output and "  3/1#2  " in refused.output
