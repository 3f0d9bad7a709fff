"""Where an office is named and asked for nothing: 本公约以学校为基础 has an office and the text's name, and is no approval.

The net of approvals catches every sentence with both, so that no unknown synonym hides one; what is let go is a short list of
forms, in clauses where nobody is asked for anything; an office within the title of a rule that the text goes by, or beside the number
of its paper; and whoever breaks the text, handed over to an office by a sentence that says nothing else.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gongyue.covenant.binding.catalogue import Catalogue
from gongyue.covenant.binding.folding import LABEL

APPROVAL = "founding.approval"
_ASKS = re.compile(
    "[经须应需由报呈请准批审核许验签章可]|同意|认可|点头|备案|备查|通过|生效|起效|施行|实施|效力|成立|决定|登记|赞成|授权|委托"
)
"""A clause with one of these may ask the office for something."""
_GRANTS = re.compile("[批核准许]|同意|认可|生效|起效|施行|实施|启用|使用|效力|成立|通过|登记|备案|意见")
"""What follows a clause by which whoever breaks the text is handed over may be, or ask for, an approval with one of these."""
_OWN_NAME = re.compile("(?<![盖签公印])章程(?!序)")
"""The name of a text, whose 章 is not the one of 盖章."""
_CONDUCT = "行为准则"
_CLAUSE = re.compile("[^，。；：！？,;:!?\n]+")
_TITLE = "《[^《》]{1,60}(?:规定|办法|准则|条例|守则|法|标准|细则|章程)》"
"""A rule by its title; a paper (批复, 决定书, 公报) is none."""
_TITLES = f"{_TITLE}(?:(?:、|和|及|与|以及){_TITLE})*"
_PERSON = "(?:住户|会员|成员|业主|社员|盟员|居民|村民|商户|学生|当事人|行为人|任何人|区分所有权人|所有权人|使用人|占有人|承租人|个人|单位|企业|机构|人员|人)"
_BREAKS = "(?:违反|违背|违规|不遵守|妨害)"
_OF_ITS_KIND = f"(?:的|者)(?:{_PERSON}|行为|情形|情事)?"
_ASKED_OF_THEM = re.compile("，(?:并|且)?(?:要求|责令|请求|令其)")


class _Forms(NamedTuple):
    """What names an office: asked for nothing, in a rule's title, on a paper of its own, handed whoever breaks the text; and the text's names."""

    idle: re.Pattern[str]
    basis: re.Pattern[str]
    paper: re.Pattern[str]
    handed: re.Pattern[str]
    broken: re.Pattern[str]
    of_it: re.Pattern[str]
    own: re.Pattern[str]


@lru_cache(maxsize=8)
def _forms(offices: tuple[str, ...], own: tuple[str, ...]) -> _Forms:
    office, name = (f"(?:{'|'.join(sorted(map(re.escape, some), key=len, reverse=True))})" for some in (offices, own))
    after = f"(?:等|有关|相关|法律|法规|政策|文件|规定|精神|要求|之|的|以?及|和|与|、|制[定订]|[订拟][立定]|拟订|特|{name}){{0,8}}$"
    body = "(?:(?:管理|业主|监督|工作)?委员会|管委会|理事会|秘书处|管理负责人|执行机构|本会|(?:应当|[应得可并由须即])|可以)"
    return _Forms(
        re.compile(
            f"以{office}(?:、{office})*为(?:基础|依托|主体|平台|阵地|载体|范围|核心|中心|对象|单位)"
            f"|(?:立足于?|依托于?|面向|扎根于?|植根于?|服务于?){office}|所称(?:的)?{office}(?:是|系)?指"
            f"|不(?:预设)?(?:属于|隶属于?|依附于?|代表)(?:[^，。；：、]{{1,8}}(?:、|或|和|与)){{0,6}}{office}"
        ),
        re.compile(f"(?:以{_TITLES}等?为(?:基础|依据|准绳)|(?:依据|根据|按照|遵守|依照){_TITLES}){after}"),
        re.compile(
            f"{office}(?:[(（〔][^()（）〔〕]{{1,8}}[)）〕])?[^，。；()（）]{{0,8}}字(?:第)?[0-9]{{1,8}}号(?:使用|建造)执照所[载示]"
        ),
        re.compile(
            f"{body}{{0,6}}(?:报请|函请|移请|移送|移交|呈报)[^，。；批准核许报请]{{0,14}}?{office}(?:依法|依规定)?(?:处理|处置|裁处|处罚|查处|究办)"
        ),
        re.compile(
            f"(?:凡|对于?|如有?|若有?|任何|各){{0,3}}{_PERSON}?(?:如有?|若|有|因|经常|故意|一再)?{_BREAKS}"
            f"(?:{name}(?=，)|[^。；：！？]{{0,120}}?{_OF_ITS_KIND}(?=，))"
        ),
        re.compile(f"{_BREAKS}[^的者，。；]{{0,12}}?{name}"),
        re.compile(name),
    )


def asked_for_nothing(plain: str, by: Catalogue) -> set[int]:
    """The places of folded words that name an office and ask it for nothing on the text."""
    found, forms = set[int](), _forms(by.words["office"], (*by.words["self"], *by.words["text"]))
    for clause in _CLAUSE.finditer(plain):
        own = plain[slice(*clause.span())]
        spans = [
            m.span()
            for m in (forms.handed.fullmatch(own),)
            if m and _is_handed(plain, clause.start(), clause.end(), forms)
        ]
        if not _ASKS.search(_OWN_NAME.sub("", own.replace(_CONDUCT, ""))):
            spans += [m.span() for form in (forms.idle, forms.paper, forms.basis) for m in form.finditer(own)]
        for begin, end in spans:
            found.update(range(clause.start() + begin, clause.start() + end))
    return found


def _is_handed(plain: str, begin: int, end: int, forms: _Forms) -> bool:
    """Whether a sentence begins with whoever breaks the text, and neither what stands before the clause nor what follows hands over the text."""
    label = LABEL.match(plain)
    broken = forms.broken.match(plain, label.end() if label else 0)
    if not broken or broken.end() >= begin:
        return False
    if forms.own.search(forms.of_it.sub("", plain[:begin])):
        return False
    rest = plain[end:].rstrip("。；;")
    return not rest or bool(_ASKED_OF_THEM.match(rest) and not _GRANTS.search(rest) and not forms.own.search(rest))
