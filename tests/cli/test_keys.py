"""Keys on the command line: one's own to change, the last one with words, and who has something to do and no key."""

from __future__ import annotations

from gongyue.book.signing import key_id

from .desk import TWO, Desk, paper


def test_a_unit_and_an_officer_change_their_own_keys_in_one_step(in_force: Desk) -> None:
    """Each in its own name, without saying so; the old key signs nothing more."""
    for name, holder in (("u1", "u:0001"), ("lu", "o:lu")):
        in_force.run("key", "new", f"{name}-next.key")
        done = in_force.json("key", "rotate", "--public-key", f"{name}-next.key", "--key", f"{name}.key")
        assert done["type"] == "key.rotate/1"
        in_force.run("key", "new", f"{name}-more.key")
        words = ("key", "add", "--public-key", f"{name}-more.key", "--as", holder)
        assert in_force.json(*words, "--key", f"{name}.key", code=1)["code"] == "GY-05-04"


def test_ending_the_last_key_says_what_can_no_longer_be_done(in_force: Desk) -> None:
    """Unsaid it is GY-05-08; said, it is told in words of both languages, with the one step that is wanted more often."""
    words = ("key", "revoke", "--public-key", "u1.key", "--key", "u1.key")
    assert in_force.json(*words, code=1)["code"] == "GY-05-08"
    told = in_force.run(*words, "--last", "--lang", "en", "--dry-run")
    assert "would be recorded" in told or "Dry run" in told
    told = in_force.run(*words, "--last")
    assert (
        "最后一把有效密钥" in told and "不能投票" in told and "gongyue key rotate" in told and "公示 7 日后生效" in told
    )


def test_due_names_units_that_have_something_to_do_and_no_key(in_force: Desk) -> None:
    """In prose and in JSON: which matters wait, and how it gets its voice back; a key on its way with its time."""
    words = ("--replace", 4, "积极推进行业自律", "大力推进行业自律")
    in_force.run("amendment", "initiate", "--proposal", "p:1", *words, "--key", "u1.key")
    in_force.run("amendment", "file", "--proposal", "p:1", "--key", "u1.key")
    in_force.run("vote", "open", "p:1")
    assert in_force.json("due")["silent"] == []
    in_force.run("key", "revoke", "--public-key", "u2.key", "--last", "--key", "u2.key")
    assert in_force.json("due")["silent"] == [{"unit": "u:0002", "matters": ["p:1"], "back": 0}]
    name = in_force.json("membership", "roll")[1]["name"]
    assert f"{name}没有有效密钥，不能签署（修改第四条（编号 1））：办法是凭盖章的函件补办" in in_force.run("due")
    english = in_force.run("due", "--lang", "en")
    assert f"{name} has no valid key and cannot sign (amendment of article 4 (no. 1))" in english
    (mute,) = (line for line in english.splitlines() if "no valid key" in line)
    assert "p:1" not in mute and "u:0002" not in mute
    in_force.run("key", "new", "next.key")
    recovered = in_force.json("key", "recover", "--public-key", "next.key", "--as", "u:0002", *paper("补办函"), *TWO)
    (one,) = in_force.json("due")["silent"]
    assert one["back"] == 0  # until it was told there is no day
    said = in_force.run("due")
    assert "新密钥自两名职员记录已告知、或持有人确认之后满 7 日生效" in said
    assert f"gongyue key notify --entry {recovered['index']} --way letter --day" in said
    in_force.run("key", "notify", "--entry", recovered["index"], "--way", "letter", "--day", "today", *TWO)
    (one,) = in_force.json("due")["silent"]
    assert one["back"] > 0
    assert "新密钥于" in in_force.run("due")


def test_a_takeover_by_two_ordinary_commands_is_refused(in_force: Desk) -> None:
    """Revoked on paper, registered anew: GY-05-05, and the key that was said to be revoked disavows it."""
    letter = (*paper("伪造函"), *TWO)
    revoked = in_force.json("key", "revoke", "--public-key", "u1.key", "--last", "--as", "u:0001", *letter)
    in_force.run("key", "new", "thief.key")
    words = ("key", "register", "--holder", "u:0001", "--public-key", "thief.key")
    assert in_force.json(*words, *letter, code=1)["code"] == "GY-05-05"
    in_force.run("key", "disavow", "--entry", revoked["index"], "--as", "u:0001", "--key", "u1.key")
    assert key_id(bytes(32)) not in in_force.run("log", "show", revoked["index"])
