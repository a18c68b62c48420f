"""A congress that votes through the running application: officers act on their pages, delegates post ballots, tellers hold their seeds."""

import secrets
import subprocess
import sys
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any

from httpx import Response
from lxml import html
from sqlmodel import Session, select

from congress import verify
from congress.ballots.e2e import ballot, export, keys, tally
from congress.ballots.e2e.encoding import read_base64, to_base64
from congress.ballots.e2e.groups import best
from congress.ballots.e2e.teller import Teller
from congress.ballots.models import BallotRound, CeremonyEntry, KeyCeremony, Slip
from congress.ballots.plain import slip_key
from congress.ballots.secret import pins
from congress.models import CongressMeeting, Item, MeetingOfficer
from congress.terms import OfficerSeat
from tests.congress.cast import MEETING, NOTICE, SHANGHAI, Cast, act, cast, placed, planned
from tests.congress.cast import person as newcomer
from tests.web.client import Client
from web.practice import set_today
from workflow.people import Office

TELLERS = ("周监票", "吴监票", "郑监票")
WITH_TWO_ITEMS = 2


@dataclass
class Room:
    """The hall on the day of the meeting, opened with `present` of `roll` members."""

    client: Client
    roll: int = 12
    present: int = 11
    slips: int = 13
    region: str = SHANGHAI
    people: Cast = field(init=False)
    meeting: int = field(init=False)
    hall: str = field(init=False)
    tellers: list[int] = field(init=False)
    """Persons."""
    devices: list[Teller] = field(init=False)
    codes: list[bytes] = field(init=False)
    """16 bytes of each slip, as they stand in its QR code."""
    pins: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.gather()
        self.devices = [Teller(i, secrets.token_bytes(32)) for i in range(1, len(TELLERS) + 1)]
        self.codes = sorted((secrets.token_bytes(16) for _ in range(self.slips)), key=self.key)

    def gather(self) -> None:
        """Call the meeting and open it."""
        self.client.house.write(self._prepare)
        self.comes(MEETING)

    def _prepare(self, db: Session) -> None:
        self.people = cast(db, self.region)
        self.tellers = named(db, self.people)
        meeting = planned(db, self.people, roll=self.roll)
        placed(db, self.people, meeting)
        placed(db, self.people, meeting, text_hash="c" * 64, subject_id="8", title="年终奖分配办法（草案）")
        rows = [{"seat": "teller", "name": name, "in_system": True} for name in TELLERS]
        act(db, meeting, "name_officers", self.people.li, NOTICE, chair="赵建国", chair_in_system=True, officers=rows)
        act(db, meeting, "convene", self.people.li, NOTICE, means="书面送达签收")
        act(db, meeting, "open", self.people.li, MEETING, roll=self.roll, present=self.present)
        assert meeting.id is not None
        self.meeting, self.hall = meeting.id, meeting.hall_token

    def comes(self, day: date) -> None:
        """From now on the application takes this day for today."""
        self.client.house.write(set_today, day, by=None)

    # ---- what officers do

    def does(self, person: int, noun: str, **sent: Any) -> None:
        """On the page of an act, as this person."""
        response = self.client.as_(person).send(f"/congress/{self.meeting}/{noun}", sent, follow=False)
        assert response.status_code == 303, f"{response.status_code} at {noun}: {said(response)}"

    def may_not(self, person: int, noun: str, status: int = 422, **sent: Any) -> str:
        """What the page says where the act is refused."""
        response = self.client.as_(person).send(f"/congress/{self.meeting}/{noun}", sent, follow=False)
        assert response.status_code == status, response.status_code
        return said(response)

    def make_keys(self, k: int = 2) -> None:
        officers = self.client.house.read(self.officers)
        self.does(self.people.li, "new-keys", tellers=officers, k=k)
        of = keys.parameters(keys.Ceremony(self.ceremony("manifest")[0]))
        shown = {device.number: keys.reveal(of, device.number, device.seed) for device in self.devices}
        for device in self.devices:
            self.step(device, "commit", keys.commitment(of, device.number, shown[device.number]))
        for device in self.devices:
            self.step(device, "reveal", bytes(shown[device.number]))
        for device in self.devices:
            self.step(device, "shares", keys.shares(of, device.number, device.seed, shown))
        sent = {i: payload for i, payload in enumerate(self.ceremony("shares"), start=1)}
        (dummy,) = self.ceremony("dummy")
        context = tally.rehearsal_context(of.manifest, keys.joint_key(shown))
        for device in self.devices[:k]:
            share = keys.secret_share(of, device.number, device.seed, shown, sent)
            part = tally.parts(context, device.number, share, [(dummy[:32], dummy[32:])])
            self.does(self.tellers[device.number - 1], "rehearsal", sent=to_base64(part))

    def step(self, device: Teller, step: str, sent: bytes) -> None:
        self.does(self.tellers[device.number - 1], "key-step", step=step, sent=to_base64(sent))

    def register(self, box: str = "e2e") -> None:
        listed = sorted(self.key(code) if box == "e2e" else self.plain_key(code) for code in self.codes)
        self.does(self.people.li, "slip-list", box=box, keys=to_base64(b"".join(listed)))
        self.does(self.people.li, "pins", count=len(self.codes))
        self.pins = self.client.house.read(lambda db: pins(db, self.hall, len(self.codes)))

    def prepare(self, items: int = WITH_TWO_ITEMS, box: str = "e2e", **other: Any) -> None:
        listed = [i.id for i in self.items()][:items]
        self.does(self.people.li, "round", items=listed, title="第一轮表决", **{"box": box, "min_ballots": 5, "revote": "last", **other})

    def open(self) -> None:
        self.does(self.people.zhao, "round-opening", round=self.round().id)

    def close(self) -> None:
        self.does(self.people.zhao, "round-end", round=self.round().id)

    def share(self, *devices: int) -> None:
        for number in devices:
            entries = export.read(self.board()).entries
            sent = self.devices[number - 1].open(entries, secrets.token_bytes(32))
            self.does(self.tellers[number - 1], "box-share", round=self.round().id, sent=to_base64(sent))

    def count(self, unused: int) -> None:
        self.does(self.tellers[0], "round-count", round=self.round().id, unused=unused)

    def certify(self, *items: Item) -> None:
        """These items, or all."""
        for item in items or self.items():
            self.does(self.people.zhao, "certificate", item=item.id)

    def exchange(self, slip: int) -> None:
        self.does(self.people.li, "exchanged-slip", number=ballot.slip_number(self.key(self.codes[slip])))

    def on_paper(self, slip: int, votes: Sequence[int]) -> None:
        """A slip is exchanged for a paper ballot, which two tellers enter."""
        self.exchange(slip)
        for teller in self.tellers[:2]:
            self.does(teller, "paper-ballot", **self.entered(slip, votes))

    def entered(self, slip: int, votes: Sequence[int]) -> dict[str, Any]:
        """What a teller sends of a paper ballot: of the same votes the same."""
        return {"round": self.round().id, "ballot": to_base64(self.filled(slip, votes, random=bytes(32)))}

    # ---- what delegates do

    def key(self, code: bytes) -> bytes:
        return best().base(ballot.credential_secret(self.hall, code))

    def plain_key(self, code: bytes) -> bytes:
        return slip_key(self.text(code))

    def text(self, code: bytes) -> str:
        return b32encode(code).decode().rstrip("=")

    def election(self) -> ballot.Election:
        told = self.client.http.get(f"/v/{self.hall}/rounds/{self.round().number}/election").json()
        round = ballot.Round(read_base64(told["manifest"]))
        return ballot.election(round, [read_base64(one) for one in told["credentials"]])

    def filled(self, slip: int, votes: Sequence[int], counter: int = 0, random: bytes | None = None) -> bytes:
        of, secret = self.election(), ballot.credential_secret(self.hall, self.codes[slip])
        return ballot.make(of, secret, votes, counter, ballot.hedged_seed(random or secrets.token_bytes(32), secret, counter, votes))

    def post(self, content: dict[str, Any], part: str = "ballots") -> Response:
        response: Response = self.client.http.post(f"/v/{self.hall}/rounds/{self.round().number}/{part}", json=content)
        return response

    def sealed(self, slip: int, votes: Sequence[int], counter: int = 0, **other: Any) -> dict[str, Any]:
        data = to_base64(self.filled(slip, votes, counter))
        return {"ballot": data, "pin": self.pins[slip], "code": self.round().hall_code, **other}

    def plain(self, slip: int, votes: Sequence[int], **other: Any) -> dict[str, Any]:
        code = self.text(self.codes[slip])
        return {"slip": code, "choices": list(votes), "pin": self.pins[slip], "code": self.round().hall_code, **other}

    def vote(self, slip: int, votes: Sequence[int], counter: int = 0) -> dict[str, Any]:
        made = self.sealed(slip, votes, counter) if self.round().box == "e2e" else self.plain(slip, votes)
        answer: dict[str, Any] = self.post(made).json()
        return answer

    # ---- what stands in the database

    def items(self) -> list[Item]:
        query = select(Item).where(Item.meeting_id == self.meeting, Item.state != "void").order_by(Item.number)  # type: ignore[arg-type]
        return self.client.house.read(lambda db: list(db.exec(query)))

    def round(self) -> BallotRound:
        """The last one that is not void."""
        query = select(BallotRound).where(BallotRound.meeting_id == self.meeting, BallotRound.state != "void")
        return self.client.house.read(lambda db: max(db.exec(query), key=lambda one: one.number))

    def case(self) -> CongressMeeting:
        return self.client.house.read(lambda db: db.get_one(CongressMeeting, self.meeting))

    def ceremony(self, kind: str) -> list[bytes]:
        query = select(CeremonyEntry).join(KeyCeremony).where(CeremonyEntry.kind == kind, KeyCeremony.state != "abandoned")
        rows = self.client.house.read(lambda db: list(db.exec(query)))
        return [row.payload for row in sorted(rows, key=lambda row: row.teller)]

    def slips_in(self, state: str) -> list[Slip]:
        return self.client.house.read(lambda db: list(db.exec(select(Slip).where(Slip.meeting_id == self.meeting, Slip.state == state))))

    def board(self) -> bytes:
        response: Response = self.client.http.get(f"/v/{self.hall}/rounds/{self.round().number}/board")
        assert response.status_code == 200
        return response.content

    def officers(self, db: Session) -> list[int | None]:
        query = select(MeetingOfficer).where(MeetingOfficer.meeting_id == self.meeting, MeetingOfficer.seat == OfficerSeat.TELLER)
        return [officer.id for officer in db.exec(query)]


def named(db: Session, people: Cast) -> list[int]:
    """Workers of the enterprise who will hold the tellers' keys."""
    return [newcomer(db, name, people.enterprise, Office.WORKER) for name in TELLERS]


def verified_alone(exported: bytes, folder: Path) -> subprocess.CompletedProcess[str]:
    """What the verifier says of an export: one file in a folder with nothing else in it, in a Python without packages of its own."""
    copyfile(verify.__file__, folder / "verify.py")
    (folder / "round.txt").write_bytes(exported)
    return subprocess.run([sys.executable, "-I", "verify.py", "round.txt"], cwd=folder, capture_output=True, text=True, check=False)


def said(response: Response) -> str:
    """The words of a page."""
    tree: html.HtmlElement = html.document_fromstring(response.text)
    return " ".join(tree.text_content().split())


def ready(client: Client, **other: Any) -> Room:
    """Keys made and rehearsed where the box needs them, slips and PINs there, a round of two items open."""
    room = prepared(client, **other)
    room.open()
    return room


def prepared(client: Client, box: str = "e2e", *, seats: int | str = "", **other: Any) -> Room:
    room = Room(client, **other)
    if box == "e2e":
        room.make_keys()
    room.register(box)
    room.prepare(box=box, seats=seats)
    return room
