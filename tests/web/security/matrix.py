"""Domain §7 as a table: who may open which page. A new route without a row here fails the test that reads it.

To add a row: the route's name as `urls.py` has it, under who may open it. What a page then shows or allows its own
tests say; whether a unit or an office may do an act, the rules decide and not this table.
"""

from __future__ import annotations

from gongyue.governance.acts import ActType
from web.security.people import EVERYBODY, NOBODY, OFFICERS, OWN_UNIT, SIGNED_IN

SIGNS_OR_DRAFTS = frozenset({"signatory", "officer"})
SIGNS = frozenset({"signatory"})
DECIDES = frozenset({"secretary", "clerk"})
SECRETARY = frozenset({"secretary"})

ROWS: dict[frozenset[str], str] = {
    # 公众 Read text, roll, lists, verify: everybody, without signing in
    EVERYBODY: """
        healthz readyz book_file atom
        api_reference api_openapi api_nothing
        api:status api:checkpoint api:due api:covenant api:article api:editions api:edition api:interpretations
        api:refusals api:register api:unit api:lists api:roll_list api:votes api:vote api:proposals api:proposal
        api:petitions api:annexes api:annex api:log api:entry api:receipt api:act_types api:act_type api:hand_in
        api:years_of_the_book
        join_form home covenant article editions edition compare_form compare annexes annex interpretations
        register register_part register_csv register_json unit_page
        gazette gazette_part petitions petitions_part roll_list votes vote vote_part recount proposal executive
        executive_year executive_year_as_cited years_csv
        log log_part verify check_receipt checkpoint compare_checkpoint guide download entry receipt leaf cheat
        cheat_run
        join join_apply join_hand_in join_application join_kept join_withdraw join_withdrawal
        invitation authority_link
        account_login account_logout account_inactive account_signup account_email_verification_sent
        account_reset_password account_confirm_email account_reset_password_from_key_done
        account_reset_password_from_key account_reset_password_done
        socialaccount_login_cancelled openid_connect_login openid_connect_callback
    """,
    # 本人 One's own account
    SIGNED_IN: """
        account account_export account_delete account_reauthenticate account_email account_change_password
        account_set_password mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp
        mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes mfa_list_webauthn
        mfa_add_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn
        socialaccount_connections usersessions_list
        account_confirm_login_code mfa_authenticate mfa_login_webauthn
        workspace notices notices_read preferences seat_leave
    """,
    # 本单位 A unit's own: its engineer sees what is not confidential
    OWN_UNIT: """
        unit_home unit_month unit_month_of unit_founding unit_membership unit_votes unit_proposals unit_proposal
        unit_annexes
    """,
    # 起草或签署 Whoever signs or drafts for the unit
    SIGNS_OR_DRAFTS: """
        unit_leave unit_vote unit_questions unit_acts unit_disclosures unit_ballots unit_act unit_receipt unit_drafts unit_paper
        unit_bulletins unit_bulletin unit_bulletin_document
        paper_form unit_keys
    """,
    # 卷宗 The dossiers of one's own unit, whichever that is; whose they are, see test_rooms
    SIGNS_OR_DRAFTS
    | {"other"}: "my_dossiers my_dossier my_dossier_head my_dossier_disclosures my_dossier_receive my_dossier_document"
    " my_dossier_letter my_dossier_entry_letter my_dossier_pack",
    # 签署人 People, delegations and keys of a unit are its signatory's
    SIGNS: "unit_people unit_api_keys unit_api_key_end",
    # 执行机构 Any officer, today
    OFFICERS: """
        desk desk_go desk_confirmations desk_founding desk_members desk_member desk_votes desk_amendments desk_annexes
        desk_interpretations desk_lists desk_offices desk_law desk_corrections desk_letters desk_letter desk_letters_sort desk_api_keys
        desk_api_key_end desk_docket desk_dossier desk_dossier_document desk_dossier_letter desk_dossier_entry_letter
        desk_bulletins
    """,
    # 经办、秘书长 Prepare or decide admissions, record paper, invite people
    DECIDES: """
        desk_admissions office_people office_people_many office_people_batch office_people_letters
        desk_bulletin_letter desk_bulletin_letters desk_telling desk_telling_sign desk_telling_letters
        desk_bind desk_bind_text desk_bind_discard desk_bind_finish desk_bind_draft desk_bind_original desk_bind_sheet desk_bind_lines
    """,
    # 经办、承办、审议、秘书长 Members-only bulletins: neither a mediator nor the system's keeper; who publishes sees of their
    # page what goes to society alone, see bulletins/test_seen
    # 纸面往来 Paper in and out: the rows of a dossier for those who open it, see desk/test_paper
    frozenset(
        {"secretary", "clerk", "panellist"}
    ): "desk_bulletin desk_paper desk_paper_sent desk_paper_outcome desk_paper_register desk_paper_letters",
    # 秘书长 Gives the authority its link; watches mails and the system
    SECRETARY: "desk_authority desk_authority_end desk_system outbox outbox_mail outbox_again",
    # 主管部门 The authority
    frozenset({"authority"}): "authority",
    # 凭密钥 By an API key only: no session opens them (see test_permissions for keys)
    # and what allauth brings and nobody needs: old addresses, an error page (401), a sign-up that leads to sign in
    NOBODY: """
        api:key api:feed api:disclosures api:ballots api:bulletins api:bulletin api:draft api:dossiers api:dossier api:docket
        socialaccount_login_error socialaccount_signup account/social/login/cancelled/ account/social/login/error/
        account/social/signup/ account/social/connections/
    """,
}

DRAFT = """
    draft draft_edit draft_shown draft_discard draft_signers draft_key draft_file draft_letter draft_passkey draft_upload draft_demo act_done act_receipt
    act_opening draft_document
"""
"""Pages of a draft, tried on one that the signatory of u:0001 began: nobody else finds anything there."""
ROWS[SIGNS] += DRAFT
# 席位、邀请、密钥 A seat and an invitation of u:0001's, a passkey that signs for it
ROWS[SIGNS] += " seat_end invitation_withdraw passkey_begin"
# 完成建立 Ends what oneself has begun; whoever has begun nothing is told so
ROWS[SIGNED_IN] += " passkey_finish"
# 本人的签署密钥 One's own, also after the term: whoever holds a seat of the executive body or of the authority
ROWS[OFFICERS | {"former", "authority"}] = "own_keys"

BY_TYPE = frozenset({"act_new"})
"""The form of an act: who may open it depends on the act type, see `may_begin`."""

# -- forms of acts, type by type

HELD = {name: frozenset({name}) for name in OFFICERS}
"""Who holds which office in the demonstration: each of these one."""
NOT_BY_A_UNITS_OFFICER = frozenset({"founding", "membership", "key"})
"""What a unit's officer does not even draft (domain 7: sign, join, leave; keys)."""


def may_begin(who: str, kind: ActType, actor: str) -> bool:
    """Domain 7: whether that one may open the form of an act type in that name."""
    if actor == "u:0001":
        recording = who in DECIDES and kind.paper
        drafting = who == "officer" and kind.matter not in NOT_BY_A_UNITS_OFFICER
        return kind.by.who == "unit" and (who == "signatory" or drafting or recording)
    if actor == "authority":
        recording = who in DECIDES and kind.paper and kind.by.holders  # a letter about its key
        return recording or (who == "authority" and (kind.by.who == "authority" or kind.by.holders))
    if kind.by.who == "unit" and not kind.by.offices:
        return False
    return who == "clerk" or bool(HELD.get(who, NOBODY) & kind.by.offices)  # the clerk prepares what others sign


# -- operations of the API

KEYS = {
    "nobody": None,
    "session": None,
    "wrong": None,
    "ended": ("u:0001", "signatory", "read draft submit"),
    "former": ("o:ge", "", "read draft submit"),
    "reader": ("u:0001", "signatory", "read"),
    "drafter": ("u:0001", "signatory", "draft"),
    "submitter": ("u:0001", "signatory", "submit"),
    "engineer": ("u:0001", "engineer", "read"),
    "signatory": ("u:0001", "signatory", "read draft submit"),
    "other": ("u:0004", "signatory", "read draft submit"),
    "secretary": ("o:qin", "", "read draft submit"),
}
"""With what the API is asked: no key, a session's cookie, a key nobody made, one that ended, one of each party, role
and scope: (party, role, scopes)."""
ANYTHING = frozenset(KEYS)
KEYLESS = frozenset({"nobody", "session"})
READS = frozenset({"reader", "engineer", "signatory", "other", "secretary"})
DRAFTS = frozenset({"drafter", "signatory", "other", "secretary"})
SUBMITS = frozenset({"submitter", "signatory", "other", "secretary"})
OPERATIONS: dict[frozenset[str], str] = {
    ANYTHING: """
        status checkpoint due covenant article editions edition interpretations refusals register unit lists roll_list
        votes vote proposals proposal petitions annexes annex log entry act_types act_type
        years_of_the_book
    """,
    # 不须密钥；给了就须有效 No key is needed; one that is given must be valid and for this
    KEYLESS | READS: "receipt",
    KEYLESS | SUBMITS: "hand_in",
    READS: "key feed",
    READS - {"engineer"}: "disclosures ballots dossiers dossier docket bulletins bulletin",
    DRAFTS: "draft",
}
"""Who gets through to which operation; `draft` stands for all of them, and what a party may draft is a table of its own."""


def operations() -> dict[str, frozenset[str]]:
    """Operation → with what it opens."""
    return {name: who for who, names in OPERATIONS.items() for name in names.split()}


def table() -> dict[str, frozenset[str]]:
    """Route → who may open it."""
    rows: dict[str, frozenset[str]] = {}
    for who, names in ROWS.items():
        for name in names.split():
            assert name not in rows, f"{name} stands in two rows"
            rows[name] = who
    return rows
