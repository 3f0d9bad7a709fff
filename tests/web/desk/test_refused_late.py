"""An application refused late stays under seal: the desk lists it, the public page says why it does not."""

from __future__ import annotations

import pytest

from gongyue.governance.admission import decide_by
from web.conftest import House
from web.going import NORTHLAKE, Going
from web.rooms import text_of


@pytest.mark.parametrize(("late", "listed"), [(0, False), (4, True)])
def test_a_late_refusal_is_listed_at_the_desk_and_named_nowhere_else(house: House, late: int, listed: bool) -> None:
    """Of the last day nothing; four days late, to those who decide on applications, and to nobody else."""
    going = Going(house).at("2027-02-01 10:00")
    application = going.applies()
    going.ticks()
    going.now += (_last_day(going) + late - going.now // 86_400) * 86_400
    going.refuses(NORTHLAKE.id, application)
    for who in ("qin", "bai"):
        desk = text_of(house.client(f"{who}@demo.invalid"), "/desk/")
        assert (NORTHLAKE.zh in desk.partition("逾期办结")[2].partition("密封，公开网页不列")[0]) == listed
        assert "准予加入： 拾贝科技 · 第二十三条 · 2027年1月25日 · 逾期 1 日" in desk
        assert ("密封，公开网页不列" in desk) == listed and ("不予加入" in desk) == listed
    assert NORTHLAKE.zh not in text_of(house.client("mo@demo.invalid"), "/desk/")
    public = text_of(house.client(), "/executive/")
    assert f"数据出自公开簿前 {house.office.inst.size} 条" in public, "a count of entries, not the one of that number"
    assert NORTHLAKE.zh not in public and "不予加入的申请、案件等在密封之下办理的，逾期也不列名于此" in public


def _last_day(going: Going) -> int:
    """The last day of P8 for the one application, as days since the epoch."""
    from gongyue.covenant.periods import day_of
    from gongyue.office.applications import applications

    one = next(one for one in applications(going.office.inst, going.office.store) if one.unit == NORTHLAKE.id)
    last = decide_by(going.office.inst, one.opened.opening).last
    return going.now // 86_400 + last - day_of(going.now)
