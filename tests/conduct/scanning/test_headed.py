"""Tables inside a text: a line of labels labels the fields below it."""

from __future__ import annotations

import pytest

from gongyue.conduct.scanning.texts import spans

TABLE = [
    ["姓名", "证件号码", "出生日期", "QQ", "密码", "备注"],
    ["路遥遥", "X0000000", "1990/04/11", "500000000", "feng19880808", "无"],
]


def held(text: str) -> dict[str, list[str]]:
    """Type → the values of it in a text."""
    found: dict[str, list[str]] = {}
    for a, b, kind in spans([text])[0]:
        found.setdefault(kind, []).append(text[a:b])
    return found


@pytest.mark.parametrize("sign", [",", ";", "\t", " | ", "  ", "│"])
def test_fields_are_read_by_the_label_of_their_column(sign: str) -> None:
    """Commas, semicolons, tabs, bars, two spaces part them; what no label names stays out, and other lines end the table."""
    text = "\n".join(sign.join(row) for row in TABLE) + "\n1988/01/02 开会，地点 600000000\n"
    assert held(text) == {
        "PERSON": ["路遥遥"], "PASSPORT": ["X0000000"], "DOB": ["1990/04/11"], "QQ": ["500000000"], "SECRET": ["feng19880808"],
    }  # fmt: skip


def test_a_line_drawn_under_the_labels_and_quotes_around_fields_do_not_disturb() -> None:
    """Markdown's rule; a comma inside quotes parts nothing."""
    assert held("| 姓名 | 生日 |\n|---|:--:|\n| 严又微 | 1990-04-11 |\n") == {
        "PERSON": ["严又微"],
        "DOB": ["1990-04-11"],
    }
    assert held('姓名,备注,生日\n"严又微","a, b",1990-04-11\n') == {"PERSON": ["严又微"], "DOB": ["1990-04-11"]}


def test_lines_of_another_width_and_a_single_label_make_no_table() -> None:
    """One label is prose; a line with more fields than labels ends it."""
    assert "DOB" not in held("生日,会议\n1990-04-11,1991-04-11,1992-04-11\n")
    assert "DOB" not in held("生日,a,b\n1990-04-11,x,y\n")


def test_a_label_of_other_numbers_rules_them_out() -> None:
    """订单号 over digits that would pass for a telephone's."""
    assert held("订单号,数量\n13800000000,2\n") == {}


def test_a_table_of_many_rows_is_read_to_its_end() -> None:
    """More fields than there was room for at first."""
    rows = 700
    text = "编号,生日\n" + "".join(f"{i},19{i % 90 + 10}-01-02\n" for i in range(rows))
    assert len(held(text)["DOB"]) == rows


def test_a_label_may_end_the_name_of_a_column_and_go_on_with_number() -> None:
    """业主姓名; 台湾居民来往大陆通行证号码."""
    text = "业主姓名|台湾居民来往大陆通行证号码|入住\n简文雄|00000000|1206\n"
    assert held(text) == {"PERSON": ["简文雄"], "TW_PERMIT": ["00000000"]}


def test_values_of_sql_are_read_by_the_names_of_their_columns() -> None:
    """Brackets, quotes of one stroke, a comma inside them, one at the end of a line."""
    text = "INSERT INTO t (id, name, birth_date, addr) VALUES\n(1, '严又微', '1990-04-11', 'a, b'),\n(2, '祁昀珈', '1991-05-12', NULL);\n"
    assert held(text) == {"PERSON": ["严又微", "祁昀珈"], "DOB": ["1990-04-11", "1991-05-12"]}


def test_a_date_with_the_name_of_its_month_is_read_in_a_column_too() -> None:
    """14 FEB 1987 under DOB."""
    assert held("SEAT   DOB   PASSPORT\n12B   14 FEB 1987   E00000000\n")["DOB"] == ["14 FEB 1987"]
