"""What delegates are told of the secret of a round, from how it is really set up: what it keeps, against whom, and what it does not."""

from congress.ballots.models import BallotRound, KeyCeremony
from congress.ballots.terms import ELECTRONIC, REVOTE_LABELS, Box
from workflow.words import N_, Sentence, say


def notice(round: BallotRound, keys: KeyCeremony | None) -> list[Sentence]:
    said = {Box.E2E: _sealed, Box.PLAIN: _plain, Box.PAPER: _paper, Box.HANDS: _hands}[Box(round.box)](round, keys)
    if round.box not in ELECTRONIC:
        return said
    return [
        say(N_("选票条和PIN码都由代表自己从打乱的里面抽取，两样分开，谁抽了哪一张没有记录。")),
        *said,
        say(N_("投票少于{least}张的，不开箱。"), least=round.min_ballots),
        say(N_("不想用手机的，可以拿选票条到监票台换一张盖章的纸质选票；由两名监票人录入同一票箱，不单独公布。")),
        say(N_("防不住的：手机本身被人做了手脚，有人站在旁边看，有人要您截图。")),
    ]


def _sealed(round: BallotRound, keys: KeyCeremony | None) -> list[Sentence]:
    said = [
        say(N_("您的选择在手机上加密以后才发出，管理系统的人和拿到数据库的人都看不到。")),
        say(N_("票箱的内容公开，任何人都能核验票数和结果；查验码证明您的票在里面，不显示选了什么。")),
        say(REVOTE_LABELS[round.revote]),
    ]
    if keys is None:
        return [*said, say(N_("票箱的钥匙还没有生成。"))]
    opens = say(N_("只有{n}名监票人中的{k}人一起，才能打开票箱，打开的只是总数。"), n=keys.n, k=keys.k)
    if keys.k == 1:
        return [*said, opens, say(N_("钥匙只在一个人手里：这个人能打开单张票，看到某张选票条选了什么。"))]
    return [*said, opens, say(N_("{k}名监票人合谋，能看到某张选票条选了什么，但不知道是谁的选票条，除非有人记下。"), k=keys.k)]


def _plain(round: BallotRound, keys: KeyCeremony | None) -> list[Sentence]:
    return [
        say(N_("这是普通电子票箱，没有加密：系统只累计各项的总数，不保存单张票。")),
        say(N_("投票当时盯着系统看的管理人员，或者拿到数据库变动记录的人，能看出某张选票条选了什么，但不知道是谁的选票条。")),
        say(N_("总数不能重新计票，也不能由别人核验：结果是否正确，只能相信管理系统的人。")),
        say(N_("投出以后不能再改。")),
    ]


def _paper(round: BallotRound, keys: KeyCeremony | None) -> list[Sentence]:
    return [say(N_("用纸质选票无记名投票，由监票人、计票人两人各自计票，完全一致才算数。"))]


def _hands(round: BallotRound, keys: KeyCeremony | None) -> list[Sentence]:
    return [say(N_("举手表决，在场的人都看得到，不保密。"))]
