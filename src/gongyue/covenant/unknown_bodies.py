"""Whether a clause is about a body that nobody here knows: whose members, then, plain 成员、委员、代表 are, the words do not say.

星火堂须有三分之二以上成员出席 is of those in the hall; 会员大会须有三分之二以上成员出席 is of the text's own members. No list of bodies
ends, so known are the text's own assembly and its own name; whatever else meets, resolves or has its members counted is a body.
"""

from __future__ import annotations

import re

from gongyue.covenant import qualifiers
from gongyue.covenant.binding.folding import fold

_LABELS = "(?:[（(]?(?:[0-9一二三四五六七八九十]{1,3}|[A-Za-z])[）)、.]|[·●○•—-])*"
_OWN_NAME = "(?:会|社|联盟|协会|学会|商会|公会|团体|组织|社区|小区|区|村|班|公约|章程|规约|倡议)"
_MEMBERS = (
    "(?:个人|团体|单位|全体|正式|有效|在册|缔约|签署|签约|加盟)*"
    "(?:会员|成员|社员|盟员|业主|住户|居民|村民|股东|学生|商户|代表|单位|国|方|人员|委员|者|人)*"
)
_KNOWN = re.compile(
    "(?:人民|才能?|方能?|方可|方得|始得|始能|始|均|也|还|再|即|凡|若|如果?|遇|当|但|且|并|而|其|该|此|本次?|我|全|全体|所有|每次|各次|历次|定期|临时|特别|年度|重大|重要|一般|第|次|[0-9一二两三四五六七八九十百]+分之|[0-9.]+[%﹪]|[0-9一二两三四五六七八九十]|[:：])*"
    f"{_OWN_NAME}?[的之]?{_MEMBERS}[的之]?(?:(?:代表|全体|成员|临时|年度|定期|特别)*(?:大会|会议|会))?[的之]?"
    "(?:表决|投票|决议|决定|议案|提案|提议|事项|结果|规定|修改|修订|变更|解散|终止|除名|通过|出席|同意)*"
)
"""The text itself, its members, their assembly and what is put to it."""
LONGEST_KNOWN = 30
"""Characters of what may be known; anything longer was written to tire its reader."""
_SHAPED = re.compile(
    "(?<![社机协])(?:[会會]|委|[组組]|[团團]|部|处|室|局|院|[队隊]|中心|站|署|庭|[台臺]|班子|圈|堂|[阁閣]|[厅廳]|[议議]席|机构)$"
)
"""What bodies are called."""
_ENDS = re.compile(
    "(?=须|應|应|必须|不得|可以|由|经|每[年月季周半届]|至少|的?(?:成员|委员|代表)|会议|开会|召开|召集|举行|实行|作出|做出|议事|决议|决定|表决|讨论|审议|"
    "以[^，。；]{0,24}(?:通过|表决|同意)|有[^，。；]{0,20}(?:出席|同意)|需|设|[，,：:、])"
)
_ACTS = re.compile(
    "(?:[的之]?(?:会议|决议|决定)|开会|召开|召集|举行|实行|作出|做出|议事|表决|讨论|审议|每[年月季周半届]|至少|[须应需]?有|以|的(?:成员|委员|代表))"
    "|(?:必?须|应当?|需)(?:要|至少)?(?:有|由)|由[^，。；]{0,12}组成"
)
"""What only somebody who meets does: have members attend, resolve, meet every month."""
_ACTED_ON = re.compile(
    "修改|修订|变更|制定|订立|终止|解散|废止|增补|提案|议案|标准|事项|费|条款|附件|名单|预算|决算|除名"
)
"""What is put to a vote: no body, whatever is said of it."""
_GOES_ON = re.compile(f"{_LABELS}(?:其|该|会议|大会|决议|决定|须|应|必须|由|经|每|以|至少)")
_BRACKETED = re.compile("[（(][^（）()]{0,24}[）)]")
_STOPS = re.compile("[，,：:；。]")


def named_in(plain: str, begin: int, end: int, heading: str = "") -> bool:
    """Whether the sentence of a share, the one it goes on from, or the heading above is about a body that is not known."""
    start, _ = qualifiers.sentence_around(plain, begin, end)
    if _has_body(plain[start : end + len(qualifiers.clause_after(plain, end))]) or _is_body(_bare(fold(heading))):
        return True
    above = plain[max(0, start - qualifiers.LONGEST) : max(0, start - 1)]
    if not start or plain[start - 1] not in "。；" or not _GOES_ON.match(plain, start):
        return False
    return _has_body(re.split("[。；\n]", above)[-1])


def _has_body(text: str) -> bool:
    for clause in _STOPS.split(_BRACKETED.sub("", text)):
        clause = re.sub(f"^{_LABELS}", "", clause)
        found = _ENDS.search(clause)
        said = clause[: found.start()] if found else clause if _SHAPED.search(clause) else ""
        if not said or _is_known(said) or _ACTED_ON.search(said):
            continue
        if _SHAPED.search(said) or (found and _ACTS.match(clause, found.start())):
            return True
    return False


def _is_known(said: str) -> bool:
    return len(said) <= LONGEST_KNOWN and bool(_KNOWN.fullmatch(said))


def _is_body(heading: str) -> bool:
    return bool(_SHAPED.search(heading)) and not _is_known(heading) and not _ACTED_ON.search(heading)


def _bare(heading: str) -> str:
    return re.sub("^第.{1,6}[章节]|[（(].*?[）)]|\\s", "", heading)
