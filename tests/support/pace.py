"""Seconds of processor that do not depend on how slow the machine is just then, for bounds on what a hostile file may cost.

A machine that others work on takes two or three times as long for the same piece of work, so that a bound in plain seconds says
less of the product than of the hour. A fixed piece of work, of what reading does most, is timed right after.
"""

from __future__ import annotations

import re
import time

QUICK = 0.1
"""Seconds of processor that the piece of work takes where nobody else works."""
_TEXT = "本公约经三分之二以上成员单位同意，自公布之日起三十日后生效。" * 800
_WORDS = [re.compile(words) for words in ("[^，。；]{0,12}同意", "自([^，。]{1,24})之日起", "(?:以上|超过)(?![个名])")]


def seconds_since(began: float) -> float:
    """Seconds of processor since `began` (`time.process_time`), as the quick machine would have counted them."""
    took = time.process_time() - began
    return took * min(1, QUICK / _work()) if took > QUICK else took


def _work() -> float:
    began = time.process_time()
    for _ in range(50):
        places: dict[str, list[int]] = {}
        for pattern in _WORDS:
            for found in pattern.finditer(_TEXT):
                places.setdefault(found[0], []).append(found.start())
        for sentence in _TEXT.split("。"):
            if any(sentence.startswith(words) for words in places):
                places.setdefault(sentence, []).append(len(sentence))
    return time.process_time() - began
