"""Two browsers walk a contract from the offer to a closed fulfilment round, each refusal on the way read as it stands."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.browser.cast import EMPLOYER, PASSWORD, UNION, at_the_table
from tests.browser.conftest import Desks
from tests.browser.desk import PHOTO, SCAN, Desk
from tests.cast import WAGE_CLAUSES
from web.demo.tale import articles
from workflow.database import Database

WORKERS = [
    {"name": "李敏", "post": "工会主席", "produced": "union_selection", "chief_as": "union_chair", "female": True},
    {"name": "王强", "post": "电焊工", "produced": "union_selection", "frontline": True},
    {"name": "赵丽", "post": "质检员", "produced": "union_selection", "female": True, "frontline": True},
]
EMPLOYERS = [
    {"name": "韩文博", "post": "总经理", "produced": "legal_representative", "chief_as": "legal_representative"},
    {"name": "陈静", "post": "人力资源部经理", "produced": "appointed", "female": True},
    {"name": "周刚", "post": "生产部经理", "produced": "appointed"},
]
WAGES = [
    {"post": "一线操作工", "persons": 200, "before": "6000", "after": "6360"},
    {"post": "技术和管理人员", "persons": 100, "before": "9000", "after": "9360"},
]
DOSSIER = ["contract", "explanation", "resolution", "representatives", "mandates", "minutes", "employer_proof"]


class Talks:
    """The two desks and the case between them."""

    def __init__(self, desks: Desks) -> None:
        self.desks = desks
        self.union = desks().sign_in(UNION, PASSWORD)
        self.employer = desks().sign_in(EMPLOYER, PASSWORD)
        self.meeting = ""

    def both_at(self, case: str) -> None:
        self.union.case = self.employer.case = case

    def open(self, kind: str, title: str, term: tuple[date, date], meet: date) -> None:
        """Three steps and a page to check."""
        desk = self.union.goes("/negotiations").opens("立案协商")
        desk.fills({"kind": kind})
        desk.presses("下一步")
        desk.fills({"title": title, "term_from": term[0], "term_until": term[1]})
        desk.presses("下一步")
        desk.fills({"proposed_on": meet, "proposed_time": "14:00", "proposed_place": "二楼会议室", "data_requested": "上年度工资总额"})
        desk.presses("下一步")
        assert title in desk.reads()
        desk.presses("立案")
        self.both_at(re.sub(r"^https?://[^/]+", "", desk.page.url))

    def offer_and_reply(self, offered: date, received: date, accepted: date) -> None:
        self.union.goes(self.union.case).on(offered)
        assert "要约应当以书面形式提出，还没有写明协商事项。" in self.union.cannot("发出要约")
        self.union.does("修改要约内容", subject="年度工资调整幅度\n津贴补贴标准")
        self.union.does("发出要约")
        self.employer.goes(self.employer.case).on(received)
        self.employer.does("登记送达", received=received, means="return_slip")
        self.employer.on(accepted)
        self.employer.does("同意协商", statement="同意协商。")

    def prepare(self, produced: str, day: date) -> None:
        """The first list is too short, and the employer's chief finds that out together with what else is missing."""
        self.employer.goes(self.employer.case).on(day)
        workers = [{**row, "produced": produced if not row.get("chief_as") else row["produced"]} for row in WORKERS]
        self.union.does("确定协商代表", representatives=workers[:2])
        self.employer.does("确定协商代表", representatives=EMPLOYERS)
        why = self.employer.cannot("召开协商会议")
        assert "每方协商代表至少3人，现在职工方2人。" in why
        assert "还没有确定记录员。" in why
        self.union.does("确定协商代表", representatives=workers)
        self.union.does("确定记录员", name="孙洁")

    def meet(self, called: date, held: date, chair: str) -> None:
        caller = self.employer if chair == "employer" else self.union
        caller.goes(caller.case).on(called)
        caller.does("召开协商会议", held_on=held, place="二楼会议室", agenda="一、宣布议程和会议纪律\n二、讨论草案", chair=chair)
        caller.on(held)
        self.union.does(
            "记入会议记录", present="双方代表", record="逐条讨论。", agreed="原则同意。", signed="both", evidence=SCAN,
        )  # fmt: skip

    def lay_out(self, clauses: Sequence[Mapping[str, str]]) -> None:
        """The form begins with one row for each head; rows that are not wanted are left empty."""
        self.union.begins("提出合同草案")
        self.union.sends("提出合同草案", clauses=clauses)

    def counter(self, heading: str, text: str) -> None:
        self.employer.goes(self.employer.case)
        clause = self.employer.page.locator("details.clause").filter(has_text=heading).first
        clause.evaluate("clause => clause.open = true")
        clause.get_by_role("link", name="提出修改意见").click()
        self.employer.sends("修改条款", text=text, reason="按测算结果调整。")

    def agree_throughout(self) -> None:
        """Each chief goes down the clauses that are open."""
        for desk in (self.union, self.employer):
            desk.goes(desk.case)
            for path in desk.links(r"/negotiations/\d+/clause-agreement\?clause=\d+"):
                desk.goes(path)
                desk.sends("同意条款")

    def settle(self) -> None:
        assert "已经提出：议定草案。" in self.union.does("议定草案")
        self.employer.does("议定草案")

    def plan_congress(self, planned: date, held: date, roll: int) -> None:
        desk = self.union.goes(self.union.case).on(planned).goes("/congress").opens("筹备新会议")
        desk.fills({"term": 5, "number": 2, "held_on": held, "place": "厂部礼堂", "roll": roll})
        desk.presses("开始筹备")
        self.meeting = re.sub(r"^https?://[^/]+", "", desk.page.url)
        self.union.does("提交职代会", meetings=[self.meeting.rsplit("/", 1)[-1]])

    def vote(self, held: date, roll: int, present: int, in_favour: int) -> None:
        """On paper: two who count first disagree, then count again."""
        congress = self.desks().sign_in(UNION, PASSWORD)
        congress.case = self.meeting
        officers = [{"seat": "teller", "name": "赵丽"}, {"seat": "counter", "name": "孙洁"}]
        congress.does("确定主席和计票人员", chair="王强", officers=officers)
        congress.does("发出会议通知", means="书面送达签收")
        congress.goes(congress.case).on(held)
        short = congress.tries("宣布开会", roll=roll, present=roll // 2)
        assert any("人出席才有效" in sentence for sentence in short), short
        congress.sends("宣布开会", roll=roll, present=present)
        congress.does("开始表决", evidence=SCAN)
        congress.does("结束表决", evidence=SCAN)
        self._count(congress, "赵丽", present, in_favour)
        self._count(congress, "孙洁", present, in_favour - 1)
        assert "两份不一致" in congress.goes(congress.case).reads()
        self._count(congress, "赵丽", present, in_favour)
        self._count(congress, "孙洁", present, in_favour)
        assert "两份一致" in congress.goes(congress.case).reads()
        congress.does("确认表决结果", evidence=SCAN)
        congress.does("宣布闭会")
        congress.does("公布结果", channel="board", place="厂区公告栏")

    def _count(self, congress: Desk, officer: str, present: int, in_favour: int) -> None:
        congress.begins("登记计票单")
        congress.page.select_option("[name=officer]", label=officer)
        congress.sends(
            "登记计票单", issued=present, returned=present, valid=present, invalid=0,
            in_favour=in_favour, against=3, abstained=present - in_favour - 3, evidence=SCAN,
        )  # fmt: skip

    def adopted(self) -> None:
        """The certified result reaches the negotiation by itself, within moments."""
        for _ in range(60):
            if "签订" in self.union.stage():
                return
            self.union.page.wait_for_timeout(500)
        raise AssertionError(f"still at {self.union.stage()}")

    def sign(self, day: date) -> None:
        self.union.on(day)
        wrong = self.union.tries("首席代表签字", sealed=True, confirmed="not my password")
        assert "密码不对，请重新输入。" in wrong
        self.union.sends("首席代表签字", sealed=True, confirmed=PASSWORD)
        self.employer.does("首席代表签字", sealed=True, confirmed=PASSWORD)

    def file(self, day: date, received: date, pieces: Sequence[str], copies: int) -> None:
        self.employer.goes(self.employer.case).on(day)
        wrong = self.employer.tries("报送审查", authority="人力资源和社会保障局", copies=1, pieces=["contract"])
        assert any(
            sentence.startswith("报送材料还缺：") and "营业执照" in sentence and "职代会决议" not in sentence for sentence in wrong
        ), wrong
        self.employer.sends("报送审查", copies=copies, pieces=pieces)
        self.employer.on(received)
        self.employer.does("登记收件", received=received, number="集审0001", evidence=SCAN)

    def publish(self, day: date) -> None:
        """And somebody without an account reads it and says so."""
        self.union.goes(self.union.case).on(day)
        self.union.does("公布", form="board", place="厂区大门公告栏", evidence=PHOTO)
        [public] = self.union.links(r"/public/[0-9a-f]{32}")
        reader = self.desks()
        reader.goes(public)
        assert "合同正文" in reader.reads() and "我已读过" in reader.reads()
        reader.presses("我已读过")
        assert "您已经确认读过。共有1人确认。" in reader.reads().replace(" ", "")

    def review(self, listed: date, reviewed: date) -> None:
        self.union.goes(self.union.case).on(listed)
        clauses = self.union.page.locator("details.clause[id^=clause-]").evaluate_all("found => found.map(one => one.id.slice(7))")
        what = [{"clause": clauses[n], "what": words, "owner": "employer"} for n, words in ((0, "按月足额支付工资"), (1, "按约定提高标准"))]
        self.union.does("列出履行事项", obligations=what)
        self.union.on(reviewed)
        self.union.does(
            "开始履约检查", period_from=listed, period_until=reviewed - timedelta(days=1), members="李敏、陈静", method="查阅资料"
        )
        assert "还有2项没有检查结论。" in self.union.cannot("结束履约检查").replace(" ", "")
        self.union.begins("记录检查结果")
        [first, second] = self.union.page.locator("[name=obligation] option").evaluate_all("all => all.map(o => o.value).filter(v => v)")
        self.union.sends("记录检查结果", obligation=first, result="fulfilled", note="凭证齐全。")
        wrong = self.union.tries("记录检查结果", obligation=second, result="partly", note="两个月迟发。")
        assert "没有全部履行的，请填写“整改期限”。" in wrong
        self.union.sends("记录检查结果", correct_by=reviewed + timedelta(days=15))
        self.union.does("结束履约检查", conclusion="总体良好，一项限期整改。")
        assert "履约率50" in self.union.goes(self.union.case).reads().replace(" ", "")

    def documents(self, expected: int) -> None:
        """Each document as a page, and as a PDF."""
        papers = self.union.goes(self.union.case).links(r"/documents/[0-9a-f]{32}")
        assert len(papers) >= expected, papers
        for path in papers:
            self.union.goes(path)
            assert self.union.page.locator("main h1").count() == 1
            reply = self.union.page.request.get(f"{path}/pdf")
            assert reply.status == 200 and reply.body()[:5] == b"%PDF-"
            assert self.union.page.request.get(f"{path}/docx").body()[:4] == b"PK\x03\x04"

    def bound(self, dossier: str) -> str:
        """The text of a dossier bound in the background and downloaded."""
        page = self.union.goes(f"{self.union.case}/dossiers/{dossier}").page
        page.get_by_role("button", name="装订成一个PDF").click()
        page.get_by_role("link", name="下载", exact=True).wait_for(timeout=60_000)
        reply = page.request.get(f"{page.url}/file")
        assert reply.status == 200
        return "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(reply.body())).pages)


@pytest.mark.once
def test_a_wage_contract_in_shanghai(database: Database, desks: Desks) -> None:
    at_the_table(database, "310000", "上海")
    talks = Talks(desks)
    talks.union.goes("/").on(date(2026, 3, 2))
    talks.open("wage", "工资专项集体合同（2026年度）", (date(2026, 6, 1), date(2027, 5, 31)), date(2026, 3, 25))
    talks.offer_and_reply(date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 12))
    talks.prepare("union_selection", date(2026, 3, 16))
    talks.meet(date(2026, 3, 17), date(2026, 3, 25), "joint")
    assert "草案还没有一个条款。" in talks.union.cannot("议定草案")
    talks.lay_out(by_head(WAGE_CLAUSES, talks.union))
    talks.union.does("填写期限和工资数据", wages=WAGES)
    assert re.search(r"还有 ?8 ?条未达成一致", talks.union.cannot("议定草案"))
    talks.counter("调整幅度", "2026年度在岗职工平均工资增长5.5%。")
    talks.agree_throughout()
    talks.settle()
    assert "草案还没有经职代会讨论通过。" in talks.union.cannot("首席代表签字")
    talks.plan_congress(date(2026, 3, 27), date(2026, 4, 16), 60)
    talks.vote(date(2026, 4, 16), 60, 55, 50)
    talks.adopted()
    talks.union.does("书面告知通过", received=date(2026, 4, 16), means="meeting")
    talks.sign(date(2026, 4, 20))
    talks.file(date(2026, 4, 23), date(2026, 4, 24), [*DOSSIER, "wage_explanation"], 3)
    talks.employer.on(date(2026, 5, 6))
    talks.employer.does("审查无异议", number="集审意见0001", served=date(2026, 5, 6), opinion="无异议。", evidence=SCAN)
    assert "离期满还早：续订可以从2027-04-01起提出（2027-05-31期满）。" in talks.union.cannot("提出续订")
    talks.publish(date(2026, 5, 8))
    talks.review(date(2026, 6, 1), date(2026, 12, 1))
    talks.documents(12)
    archive = talks.bound("archive")
    assert "卷宗" in archive and "工资集体协商要约书" in archive and "履行情况检查报告" in archive


def test_a_comprehensive_contract_in_zhejiang(database: Database, desks: Desks) -> None:
    at_the_table(database, "330000", "杭州")
    talks = Talks(desks)
    talks.union.goes("/").on(date(2026, 3, 2))
    talks.open("comprehensive", "集体合同（2026—2028年）", (date(2026, 7, 1), date(2028, 6, 30)), date(2026, 3, 25))
    talks.offer_and_reply(date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 12))
    talks.prepare("congress_election", date(2026, 3, 16))
    talks.meet(date(2026, 3, 17), date(2026, 3, 26), "workers")
    clauses = [{"head": head, "heading": heading, "text": text} for head, heading, text in articles("comprehensive")]
    plain = [row for row in one_a_head(clauses) if row["head"] != "women_and_minors"]
    talks.lay_out(by_head(plain, talks.union))
    talks.union.does("填写期限和工资数据", daily_hours=9, weekly_hours=44)
    talks.agree_throughout()
    why = talks.union.cannot("议定草案")
    assert "综合集体合同应当包含男女平等和女职工权益保护的内容" in why
    assert "草案的工作时间是每日9小时、每周44小时，超过法定的每日8小时、每周40小时。" in why.replace(" ", "")
    talks.union.does("填写期限和工资数据", daily_hours=8, weekly_hours=40)
    women = next(row for row in clauses if row["head"] == "women_and_minors")
    talks.union.does("提出条款", **women)
    talks.agree_throughout()
    talks.settle()
    talks.plan_congress(date(2026, 3, 30), date(2026, 4, 17), 60)
    talks.vote(date(2026, 4, 17), 60, 56, 49)
    talks.adopted()
    talks.sign(date(2026, 4, 20))
    talks.file(date(2026, 4, 24), date(2026, 4, 27), DOSSIER, 5)
    assert "审查期限 2026-05-12到期 还有15天" in talks.union.goes(talks.union.case).reads("aside")
    talks.union.goes(talks.union.case).on(date(2026, 5, 14))
    assert "公布" in talks.union.stage()
    assert "离期满还早" in talks.union.cannot("提出续订")
    talks.publish(date(2026, 5, 18))
    talks.review(date(2026, 7, 1), date(2026, 12, 21))
    talks.documents(12)


def one_a_head(clauses: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    return list({row["head"]: row for row in reversed(clauses)}.values())


def by_head(clauses: Sequence[Mapping[str, str]], desk: Desk) -> list[dict[str, Any]]:
    """The rows of the form in its own order of heads, with words for those that are wanted."""
    desk.begins("提出合同草案")
    heads = desk.page.locator("main form select[name$='.head']").evaluate_all("boxes => boxes.map(box => box.value)")
    words = {row["head"]: row for row in clauses}
    return [dict(words[head]) if head in words else {} for head in heads]
