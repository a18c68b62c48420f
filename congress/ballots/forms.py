"""What each act on keys, slips and rounds asks. Bytes come as base64url without padding."""

from congress.ballots.terms import BOX_LABELS, ELECTRONIC, REVOTE_LABELS, Box, Revote
from workflow.forms import field
from workflow.proceedings import ActForm
from workflow.words import N_

BASE64 = "^[A-Za-z0-9_-]+$"
ELECTRONIC_LABELS: dict[str, str] = {box: BOX_LABELS[box] for box in ELECTRONIC}
STEP_LABELS: dict[str, str] = {"commit": N_("承诺"), "reveal": N_("公开公钥"), "shares": N_("分发密钥份额")}


class BeginKeys(ActForm):
    tellers: list[int] = field(
        N_("掌管钥匙的监票人"), widget="checks", min_length=1, max_length=9, hint=N_("本人登录系统、当场用自己的设备办理的监票人。")
    )
    k: int = field(
        N_("开箱需要的人数"),
        widget="number",
        unit=N_("人"),
        ge=1,
        le=9,
        hint=N_("须过半数，例如三人中的两人。少于这个人数，谁也打不开票箱。"),
    )


class PostKeys(ActForm):
    step: str = field(N_("步骤"), widget="hidden", choices=STEP_LABELS, pattern="^(commit|reveal|shares)$")
    sent: str = field(N_("密钥数据"), widget="hidden", pattern=BASE64, max_length=20_000)


class Rehearse(ActForm):
    sent: str = field(N_("试开箱数据"), widget="hidden", pattern=BASE64, max_length=400)


class AbandonKeys(ActForm):
    reason: str = field(N_("原因"), widget="textarea", hint=N_("例如：某监票人分发的密钥份额有误。已经印好的加密选票条随之全部作废。"))


class RegisterSlips(ActForm):
    box: Box = field(N_("用于"), widget="radios", choices=ELECTRONIC_LABELS, default=Box.E2E)
    keys: str = field(N_("选票条公钥"), widget="hidden", pattern=BASE64, max_length=5_000_000)


class MakePins(ActForm):
    count: int = field(
        N_("数量"), widget="number", unit=N_("个"), ge=1, le=100_000, hint=N_("一般与选票条一样多。已经有的不变，不够的补足。")
    )


class VoidSlips(ActForm):
    numbers: str = field(
        N_("选票条编号"), widget="textarea", hint=N_("印在选票条上的8位编号，多张之间用空格或者换行隔开。只收回没有投过票的选票条。")
    )


class ExchangeSlip(ActForm):
    number: str = field(
        N_("选票条编号"), max_length=8, hint=N_("印在选票条上的8位编号。换给代表一张盖章的纸质选票，选票条与纸票订在一起。")
    )


class PrepareRound(ActForm):
    items: list[int] = field(N_("同一轮表决的事项"), widget="checks", min_length=1, hint=N_("逐项表决：每一项单独选择、单独计票。"))
    title: str = field(N_("本轮名称"), hint=N_("例如：第一轮表决。"))
    box: Box = field(N_("票箱"), widget="radios", choices=BOX_LABELS, default=Box.E2E)
    revote: Revote = field(N_("改投"), widget="radios", choices=REVOTE_LABELS, default=Revote.LAST)
    min_ballots: int = field(
        N_("最少投票数"),
        widget="number",
        unit=N_("张"),
        default=10,
        ge=5,
        le=1_000_000,
        hint=N_("投票少于这个数的不开箱，以免看出谁投了什么。"),
    )
    seats: int | None = field(
        N_("选举应选人数"),
        widget="number",
        unit=N_("人"),
        default=None,
        ge=1,
        le=999,
        hint=N_("选举才填：每名候选人一项，按赞成票从多到少当选。"),
    )


class OneRound(ActForm):
    round: int = field(N_("轮次"), widget="choice")


class PostShare(OneRound):
    sent: str = field(N_("开箱数据"), widget="hidden", pattern=BASE64, max_length=2_000_000)


class CountRound(OneRound):
    unused: int = field(
        N_("剩余选票条"),
        widget="number",
        unit=N_("张"),
        ge=0,
        le=1_000_000,
        hint=N_("监票人清点的没有领走的选票条；已经登记作废的不算在内。"),
    )


class EnterPaper(OneRound):
    """The filled ballot, or the number of the slip whose paper is invalid."""

    ballot: str = field(N_("加密的纸票"), widget="hidden", default="", pattern=f"^$|{BASE64}", max_length=1_000_000)
    invalid: str = field(N_("无效纸票的选票条编号"), widget="hidden", default="", max_length=8)


class OnPaper(OneRound):
    reason: str = field(N_("原因"), widget="textarea", hint=N_("例如：网络中断。电子票箱不开箱，改用纸质选票重新投票。"))


class VoidRound(OneRound):
    reason: str = field(N_("作废的原因"), widget="textarea")
    again: bool = field(N_("在本次会议上重新表决"), widget="tick", default=False)
