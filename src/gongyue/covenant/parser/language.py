"""Whether a text is Chinese: nothing else is read."""

from __future__ import annotations

import re

from gongyue.covenant.parser.errors import Unreadable

_HAN = re.compile("[\u3400-\u9fff]")
_KANA, _HANGUL = re.compile("[\u3040-\u30ff]"), re.compile("[\uac00-\ud7af]")
_LETTER = re.compile("[A-Za-z\u00c0-\u04ff]")
LEAST_HAN = 20


def require_chinese(text: str) -> None:
    """Unreadable where the text is in another language."""
    han, kana, hangul = (len(p.findall(text)) for p in (_HAN, _KANA, _HANGUL))
    letters = len(_LETTER.findall(text))
    if han < min(LEAST_HAN, len(text) // 4) or kana * 5 > han or hangul > han or letters > 4 * han:
        raise Unreadable(
            "not_chinese",
            f"文中汉字 {han} 个，不是中文文本；请给出它的中文本。",
            f"The text has {han} Chinese characters; it is not Chinese. Give its Chinese version.",
        )
