"""Why a file was not read: it cannot be (`Unreadable`), or its articles are not continuous (`Gap`)."""

from __future__ import annotations


class Unreadable(ValueError):
    """The file cannot be read as a covenant; `reason` is a stable slug, `where` the place if there is one."""

    def __init__(self, reason: str, zh: str, en: str, where: int | None = None) -> None:
        super().__init__(f"{zh} / {en}")
        self.reason, self.zh, self.en, self.where = reason, zh, en, where


def too_many(what_zh: str, what_en: str, most: int) -> Unreadable:
    """More of something than any covenant has: a text made to tire its reader."""
    return Unreadable(
        "too_large",
        f"文中{what_zh}超过 {most:,}，不像公约或章程，不予读取。",
        f"The text has more than {most:,} {what_en}, which no covenant or charter has; it is not read.",
    )


class Gap(ValueError):
    """Article numbers skip, repeat or go back: the text is refused with the place (art. 1, GY-01-01)."""

    code = "GY-01-01"

    def __init__(
        self, after: int, found: int | str, line: int, unit: str = "line", inserted: int | None = None
    ) -> None:
        suffix_zh, suffix_en = (f"之{inserted}", f"-{inserted}") if inserted is not None else ("", "")
        place_zh = f"第{line}{'段' if unit == 'paragraph' else '行'}"
        expected_zh = f"第{after}条之后应为第{after + 1}条" if after else "条文应从第1条开始"
        expected_en = f"after article {after} comes {after + 1}" if after else "articles start at 1"
        self.zh = f"条文编号不连续，无法导入：{expected_zh}，{place_zh}却是第{found}条{suffix_zh}。请改正该处的条号。"
        self.en = (
            f"Article numbering is not continuous; import refused: {expected_en}, "
            f"but {unit} {line} has article {found}{suffix_en}. Correct the number there."
        )
        super().__init__(f"{self.code} {self.zh} / {self.en}")
        self.after, self.found, self.line = after, found, line
