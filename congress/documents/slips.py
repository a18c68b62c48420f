"""What is cut apart and handed out in the hall: strips with a PIN, and the slips of a plain electronic box."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congress.ballots.e2e.ballot import slip_number
from congress.ballots.plain import CODE
from congress.models import CongressMeeting
from workflow.documents.strips import Strip, strips

PIN_WORDS = ("PIN码，投票时与会场码一起填写。", "不要给别人看。")
SLIP_WORDS = ("扫码打开投票页；扫不了的，填上面的26位代码。", "普通电子票箱，没有加密。不要给别人看。")


def pin_strips(meeting: CongressMeeting, pins: Iterable[str], at: datetime) -> bytes:
    """In ascending order, which says nothing of who is to have which."""
    made = [Strip(meeting.title, f"{pin[:3]} {pin[3:]}", PIN_WORDS) for pin in sorted(pins)]
    return strips("PIN码", made, at, columns=3)


def plain_slips(meeting: CongressMeeting, codes: Mapping[bytes, str], hall: str, at: datetime) -> bytes:
    """`codes` has key of the slip → what is printed; `hall` the address of the delegates' page."""
    made = [
        Strip(meeting.title, _grouped(code), (f"选票条编号 {slip_number(key)}", *SLIP_WORDS), f"{hall}#{code}")
        for key, code in codes.items()
    ]
    return strips("选票条", made, at, columns=2)


def _grouped(code: str) -> str:
    return " ".join(code[at : at + 4] for at in range(0, CODE, 4))
