"""``dumpsys account`` (AOSP AccountManagerService.dump)."""

from __future__ import annotations

from diagnostics.practice.android.phone import PracticeAndroid

_GOOGLE = "com.google.android.gms/com.google.android.gms.auth.account.authenticator.GoogleAccountAuthenticatorService"
_MAKERS = {
    "samsung": (
        "com.osp.app.signin",
        "com.osp.app.signin/.accountauthenticator.SamsungAccountAuthenticatorService",
    ),
    "Xiaomi": ("com.xiaomi", "com.xiaomi.account/.accounts.AuthenticatorService"),
    "HUAWEI": ("com.huawei.hwid", "com.huawei.hwid/.simchange.AuthenticatorService"),
    "HONOR": ("com.hihonor.id", "com.hihonor.id/.simchange.AuthenticatorService"),
    "OPPO": ("com.heytap", "com.heytap.usercenter/.account.AccountAuthService"),
    "realme": ("com.heytap", "com.heytap.usercenter/.account.AccountAuthService"),
    "vivo": ("BBKOnLineService", "com.bbk.account/.service.AuthenticatorService"),
    "OnePlus": ("com.heytap.account", "com.heytap.account/.authenticator.AuthenticatorService"),
}


def account_dump(phone: PracticeAndroid) -> str:
    """Return the account service's state: who is signed in, and which kinds of account the phone knows."""
    accounts = phone.character.locks.accounts
    lines = ["User UserInfo{0:Owner:4c13}:", f"  Accounts: {len(accounts)}"]
    lines += [f"    Account {{name={account.name}, type={account.type}}}" for account in accounts]
    lines += ["", "  AccountId, Action_Type, timestamp, UID, TableName, Key", "  Accounts History"]
    for number, _account in enumerate(accounts, start=1):
        lines.append(
            f"  {number},action_account_add,2025-03-0{number % 9 + 1} 18:22:41,10144,accounts,{number}"
        )
    kinds = _kinds(phone)
    lines += ["", "  Active Sessions: 0", "", f"  RegisteredServicesCache: {len(kinds)} services"]
    for uid, (kind, component) in enumerate(kinds, start=10144):
        lines.append(
            f"    ServiceInfo: AuthenticatorDescription {{type={kind}}}, ComponentInfo{{{component}}}, uid {uid}"
        )
    return "\n".join([*lines, "", "  Account visibility:"]) + "\n"


def _kinds(phone: PracticeAndroid) -> list[tuple[str, str]]:
    maker = _MAKERS.get(phone.character.build.manufacturer)
    google = [("com.google", _GOOGLE)] if phone.character.google else []
    return [*google, *([maker] if maker else [])]
