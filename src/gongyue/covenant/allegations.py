"""Words that accuse: a text that has one and names a unit is looked at before anybody is told (article 13).

They assist and do not certify: a word found asks for judgement, none found proves nothing.
"""

from __future__ import annotations

import re

_ACCUSING = re.compile(
    "涉嫌|违法|违规|违约|违反|侵权|侵害|失信|欺诈|欺骗|造假|虚假|窃取|盗取|倒卖|泄[露漏]|滥用|黑名单|被(?:检举|举报|投诉|查处|处罚)"
    "|内部通报|通报批评|予以通报|取消[^，。；]{0,8}(?:资格|会籍)|除名|开除|处分"
    "|违背|触犯|(?<!预)警告|约谈|不良影响|不诚信|不守信|不守约|贩卖|被通报|受[到过][^，。；]{0,6}(?:处理|处罚|批评|惩戒)"
)
"""What is said of a unit that did wrong, and of one that was sanctioned: neither is told but in the result of a case."""


_SIMPLER = str.maketrans(
    "違規約權詐騙虛竊盜賣洩濫單檢舉報訴查處罰內資開觸談響誠販過評懲",
    "违规约权诈骗虚窃盗卖泄滥单检举报诉查处罚内资开触谈响诚贩过评惩",
)
"""Traditional characters of these words, each with its simplified one."""


def alleged(text: str) -> list[str]:
    """The words in a text that accuse, each once, in the order in which they stand."""
    return list(dict.fromkeys(match.group() for match in _ACCUSING.finditer(text.translate(_SIMPLER))))
