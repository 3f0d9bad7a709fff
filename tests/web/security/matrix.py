"""Domain §7 as a table: who may open which page. A new route without a row here fails the test that reads it.

To add a row: the route's name as `urls.py` has it, under who may open it. What a page then shows or allows its own
tests say; whether a unit or an office may do an act, the rules decide and not this table.
"""

from __future__ import annotations

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
        api:annexes api:annex api:log api:entry api:receipt api:act_types api:act_type api:hand_in
        home covenant article editions edition compare_form compare annexes annex interpretations
        register register_part register_csv register_json unit_page
        gazette gazette_part roll_list votes vote vote_part recount proposal executive
        log log_part verify check_receipt checkpoint download entry receipt leaf cheat cheat_run
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
        unit_leave unit_vote unit_questions unit_acts unit_disclosures unit_act unit_receipt unit_drafts unit_paper
        paper_form unit_keys
    """,
    # 签署人 People, delegations and keys of a unit are its signatory's
    SIGNS: "unit_people unit_api_keys unit_api_key_end",
    # 执行机构 Any officer, today
    OFFICERS: """
        desk desk_go desk_confirmations desk_founding desk_members desk_member desk_votes desk_amendments desk_annexes
        desk_interpretations desk_lists desk_offices desk_law desk_corrections desk_letters desk_letter desk_api_keys
        desk_api_key_end
    """,
    # 经办、秘书长 Prepare or decide admissions, record paper, invite people
    DECIDES: "desk_admissions office_people",
    # 秘书长 Gives the authority its link; watches mails and the system
    SECRETARY: "desk_authority desk_authority_end desk_system outbox outbox_mail outbox_again",
    # 主管部门 The authority
    frozenset({"authority"}): "authority",
    # 凭密钥 By an API key only: no session opens them (see test_permissions for keys)
    # and what allauth brings and nobody needs: old addresses, an error page (401), a sign-up that leads to sign in
    NOBODY: """
        api:key api:feed api:disclosures api:draft
        socialaccount_login_error socialaccount_signup account/social/login/cancelled/ account/social/login/error/
        account/social/signup/ account/social/connections/
    """,
}

SEATED_NAMES = """
    act_new own_keys passkey_begin passkey_finish draft draft_edit draft_discard draft_key draft_file draft_passkey
    draft_upload draft_demo act_done act_receipt act_opening seat_end invitation_withdraw
"""
SEATED = frozenset(SEATED_NAMES.split())
"""Pages that find out by themselves from which seat they are seen: the outsider is sent to sign in, and whoever has no
seat for it gets 403 or 404. Their own tests try every seat (tests/web/acting, tests/web/accounts)."""


def table() -> dict[str, frozenset[str]]:
    """Route → who may open it."""
    rows: dict[str, frozenset[str]] = {}
    for who, names in ROWS.items():
        for name in names.split():
            assert name not in rows, f"{name} stands in two rows"
            rows[name] = who
    return rows
