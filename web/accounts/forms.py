"""What is typed to sign in, to choose a password, to set up the second factor."""

from typing import Any

from web.fields import shown
from workflow.forms import FormModel, field
from workflow.words import N_

NEW_PASSWORD = N_("至少10个字符，不能是用户名")


def _password(title: str, autocomplete: str, hint: str = "") -> Any:
    return shown(field(title, hint=hint, widget="password", min_length=1, max_length=500), autocomplete=autocomplete)


class SignIn(FormModel):
    login: str = shown(field(N_("用户名")), autocomplete="username")
    password: str = _password(N_("密码"), "current-password")


class Code(FormModel):
    code: str = shown(
        field(N_("验证码"), hint=N_("验证器应用里现在显示的六位数字"), max_length=12),
        autocomplete="one-time-code",
        inputmode="numeric",
        look="digits",
    )


class NewPassword(FormModel):
    password: str = _password(N_("新密码"), "new-password", NEW_PASSWORD)
    again: str = _password(N_("再输入一次"), "new-password")


class ChangePassword(FormModel):
    current: str = _password(N_("现在的密码"), "current-password")
    password: str = _password(N_("新密码"), "new-password", NEW_PASSWORD)
    again: str = _password(N_("再输入一次"), "new-password")


class NewToken(FormModel):
    name: str = field(N_("用途"), hint=N_("比如：人事系统同步"), max_length=60)
