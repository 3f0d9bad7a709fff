"""Whatever dialect a covenant is written in, it is read back as it was meant."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.parser import read

WORDS = st.text(alphabet="诚信守法公平爱国数据用户秘密尊重协作合伙伴权益保护", min_size=3, max_size=30)


@dataclass(frozen=True)
class Dialect:
    """How a covenant is set: numerals, labels, blanks, line ends, encoding."""

    number: str
    article: str
    chapter: str
    item: str
    indent: str
    between: str
    end: str
    encoding: str

    def numeral(self, n: int) -> str:
        wide = "".join(chr(ord(d) + 0xFEE0) for d in str(n))
        return {"chinese": to_chinese(n), "arabic": str(n), "wide": wide}[self.number]

    def label(self, i: int) -> str:
        return self.item.format(n=i, c=to_chinese(i))


DIALECTS = st.builds(
    Dialect,
    number=st.sampled_from(["chinese", "arabic", "wide"]),
    article=st.sampled_from(["第{}条 ", "第{}條　", "第 {} 条 ", "第{}条", "第{}条\n", "【第{}条】"]),
    chapter=st.sampled_from(["", "第{}章 ", "第{}章　", "第 {} 章 ", "第{}章\n"]),
    item=st.sampled_from(["（{c}）", "({c})", "{c}、", "{n}. ", "{n}、", "（{n}）", ""]),
    indent=st.sampled_from(["", "　　", "    "]),
    between=st.sampled_from(["", "\n"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
ARTICLES = st.lists(st.tuples(WORDS, st.lists(WORDS, min_size=2, max_size=5) | st.just([])), min_size=1, max_size=25)


def render(dialect: Dialect, articles: list[tuple[str, list[str]]], per_chapter: int) -> str:
    """Write a covenant down in a dialect."""
    lines = ["诚信行业自律公约", ""]
    for number, (words, listed) in enumerate(articles, 1):
        if dialect.chapter and number % per_chapter == 1 % per_chapter:
            chapter = (number - 1) // per_chapter + 1
            lines.append(dialect.chapter.format(dialect.numeral(chapter)) + f"章名{to_chinese(chapter)}")
        head = dialect.indent + dialect.article.format(dialect.numeral(number))
        lines.append(f"{head}会员{words}{'：' if listed else '。'}")
        for i, item in enumerate(listed, 1):
            lines.append(f"{dialect.indent}{dialect.label(i)}{item}{'。' if i == len(listed) else '；'}")
        lines.append(dialect.between)
    return "\n".join(lines).replace("\n", dialect.end)


@settings(max_examples=200, deadline=None)
@given(DIALECTS, ARTICLES, st.integers(1, 6))
def test_every_dialect_is_read_back_identical(
    dialect: Dialect, articles: list[tuple[str, list[str]]], per_chapter: int
) -> None:
    """Every dialect is read back identical."""
    document = read(render(dialect, articles, per_chapter).encode(dialect.encoding), "x.txt")
    assert document.title == "诚信行业自律公约"
    assert [a.number for a in document.articles] == list(range(1, len(articles) + 1))
    for article, (words, listed) in zip(document.articles, articles, strict=True):
        assert article.text.split("\n")[0] == f"会员{words}{'：' if listed else '。'}"
        assert [i.text[:-1] for i in article.items] == listed
        assert [i.label for i in article.items] == [dialect.label(i).strip() for i in range(1, len(listed) + 1)]
        assert article.chapter == ((article.number - 1) // per_chapter + 1 if dialect.chapter else None)
    assert len(document.chapters) == (-(-len(articles) // per_chapter) if dialect.chapter else 0)
