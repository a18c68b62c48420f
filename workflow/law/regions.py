"""Administrative divisions by GB/T 2260 code: province and prefecture by name, counties and districts by their prefix.

A place's rules are those of its prefecture, then its province, then the nation.
"""

from collections.abc import Mapping
from functools import cache

from workflow.words import N_, Sentence, say

NATION = "000000"

# code, letters of GB/T 2260 (as in ISO 3166-2:CN), name | prefectures: third and fourth digit, name
_TABLE = """
11 BJ 北京市 | 01市辖区
12 TJ 天津市 | 01市辖区
13 HE 河北省 | 01石家庄市 02唐山市 03秦皇岛市 04邯郸市 05邢台市 06保定市 07张家口市 08承德市 09沧州市 10廊坊市 11衡水市
14 SX 山西省 | 01太原市 02大同市 03阳泉市 04长治市 05晋城市 06朔州市 07晋中市 08运城市 09忻州市 10临汾市 11吕梁市
15 NM 内蒙古自治区 | 01呼和浩特市 02包头市 03乌海市 04赤峰市 05通辽市 06鄂尔多斯市 07呼伦贝尔市 08巴彦淖尔市 09乌兰察布市 22兴安盟 25锡林郭勒盟 29阿拉善盟
21 LN 辽宁省 | 01沈阳市 02大连市 03鞍山市 04抚顺市 05本溪市 06丹东市 07锦州市 08营口市 09阜新市 10辽阳市 11盘锦市 12铁岭市 13朝阳市 14葫芦岛市
22 JL 吉林省 | 01长春市 02吉林市 03四平市 04辽源市 05通化市 06白山市 07松原市 08白城市 24延边朝鲜族自治州
23 HL 黑龙江省 | 01哈尔滨市 02齐齐哈尔市 03鸡西市 04鹤岗市 05双鸭山市 06大庆市 07伊春市 08佳木斯市 09七台河市 10牡丹江市 11黑河市 12绥化市 27大兴安岭地区
31 SH 上海市 | 01市辖区
32 JS 江苏省 | 01南京市 02无锡市 03徐州市 04常州市 05苏州市 06南通市 07连云港市 08淮安市 09盐城市 10扬州市 11镇江市 12泰州市 13宿迁市
33 ZJ 浙江省 | 01杭州市 02宁波市 03温州市 04嘉兴市 05湖州市 06绍兴市 07金华市 08衢州市 09舟山市 10台州市 11丽水市
34 AH 安徽省 | 01合肥市 02芜湖市 03蚌埠市 04淮南市 05马鞍山市 06淮北市 07铜陵市 08安庆市 10黄山市 11滁州市 12阜阳市 13宿州市 15六安市 16亳州市 17池州市 18宣城市
35 FJ 福建省 | 01福州市 02厦门市 03莆田市 04三明市 05泉州市 06漳州市 07南平市 08龙岩市 09宁德市
36 JX 江西省 | 01南昌市 02景德镇市 03萍乡市 04九江市 05新余市 06鹰潭市 07赣州市 08吉安市 09宜春市 10抚州市 11上饶市
37 SD 山东省 | 01济南市 02青岛市 03淄博市 04枣庄市 05东营市 06烟台市 07潍坊市 08济宁市 09泰安市 10威海市 11日照市 13临沂市 14德州市 15聊城市 16滨州市 17菏泽市
41 HA 河南省 | 01郑州市 02开封市 03洛阳市 04平顶山市 05安阳市 06鹤壁市 07新乡市 08焦作市 09濮阳市 10许昌市 11漯河市 12三门峡市 13南阳市 14商丘市 15信阳市 16周口市 17驻马店市
42 HB 湖北省 | 01武汉市 02黄石市 03十堰市 05宜昌市 06襄阳市 07鄂州市 08荆门市 09孝感市 10荆州市 11黄冈市 12咸宁市 13随州市 28恩施土家族苗族自治州
43 HN 湖南省 | 01长沙市 02株洲市 03湘潭市 04衡阳市 05邵阳市 06岳阳市 07常德市 08张家界市 09益阳市 10郴州市 11永州市 12怀化市 13娄底市 31湘西土家族苗族自治州
44 GD 广东省 | 01广州市 02韶关市 03深圳市 04珠海市 05汕头市 06佛山市 07江门市 08湛江市 09茂名市 12肇庆市 13惠州市 14梅州市 15汕尾市 16河源市 17阳江市 18清远市 19东莞市 20中山市 51潮州市 52揭阳市 53云浮市
45 GX 广西壮族自治区 | 01南宁市 02柳州市 03桂林市 04梧州市 05北海市 06防城港市 07钦州市 08贵港市 09玉林市 10百色市 11贺州市 12河池市 13来宾市 14崇左市
46 HI 海南省 | 01海口市 02三亚市 03三沙市 04儋州市
50 CQ 重庆市 | 01市辖区 02县
51 SC 四川省 | 01成都市 03自贡市 04攀枝花市 05泸州市 06德阳市 07绵阳市 08广元市 09遂宁市 10内江市 11乐山市 13南充市 14眉山市 15宜宾市 16广安市 17达州市 18雅安市 19巴中市 20资阳市 32阿坝藏族羌族自治州 33甘孜藏族自治州 34凉山彝族自治州
52 GZ 贵州省 | 01贵阳市 02六盘水市 03遵义市 04安顺市 05毕节市 06铜仁市 23黔西南布依族苗族自治州 26黔东南苗族侗族自治州 27黔南布依族苗族自治州
53 YN 云南省 | 01昆明市 03曲靖市 04玉溪市 05保山市 06昭通市 07丽江市 08普洱市 09临沧市 23楚雄彝族自治州 25红河哈尼族彝族自治州 26文山壮族苗族自治州 28西双版纳傣族自治州 29大理白族自治州 31德宏傣族景颇族自治州 33怒江傈僳族自治州 34迪庆藏族自治州
54 XZ 西藏自治区 | 01拉萨市 02日喀则市 03昌都市 04林芝市 05山南市 06那曲市 25阿里地区
61 SN 陕西省 | 01西安市 02铜川市 03宝鸡市 04咸阳市 05渭南市 06延安市 07汉中市 08榆林市 09安康市 10商洛市
62 GS 甘肃省 | 01兰州市 02嘉峪关市 03金昌市 04白银市 05天水市 06武威市 07张掖市 08平凉市 09酒泉市 10庆阳市 11定西市 12陇南市 29临夏回族自治州 30甘南藏族自治州
63 QH 青海省 | 01西宁市 02海东市 22海北藏族自治州 23黄南藏族自治州 25海南藏族自治州 26果洛藏族自治州 27玉树藏族自治州 28海西蒙古族藏族自治州
64 NX 宁夏回族自治区 | 01银川市 02石嘴山市 03吴忠市 04固原市 05中卫市
65 XJ 新疆维吾尔自治区 | 01乌鲁木齐市 02克拉玛依市 04吐鲁番市 05哈密市 23昌吉回族自治州 27博尔塔拉蒙古自治州 28巴音郭楞蒙古自治州 29阿克苏地区 30克孜勒苏柯尔克孜自治州 31喀什地区 32和田地区 40伊犁哈萨克自治州 42塔城地区 43阿勒泰地区
71 TW 台湾省 |
81 HK 香港特别行政区 |
82 MO 澳门特别行政区 |
"""  # noqa: E501

DIRECTLY_GOVERNED = "90"
"""Third and fourth digit of counties that belong to no prefecture (419001 济源市)."""
_SUFFIXES = ("维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "地区", "省", "市", "盟")


class UnknownRegion(ValueError):
    """No such place. `sentence` says how places are given."""

    def __init__(self, given: str) -> None:
        self.sentence: Sentence = say(
            N_("找不到地区“{given}”；请写省、市的名称（如浙江、杭州市）或六位行政区划代码（如330100）。"), given=given
        )
        super().__init__(str(self.sentence))


@cache
def _read() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Code → name of every province and prefecture, and letters → code."""
    names: dict[str, str] = {NATION: N_("全国")}
    letters: dict[str, str] = {"CN": NATION}
    for line in _TABLE.strip().splitlines():
        head, _, prefectures = line.partition("|")
        code, short, name = head.split()
        names[f"{code}0000"], letters[short] = name, f"{code}0000"
        for each in prefectures.split():
            names[f"{code}{each[:2]}00"] = each[2:]
    return names, letters


@cache
def _by_name() -> Mapping[str, str]:
    """Provinces first: 吉林 is the province, 吉林市 the city."""
    found: dict[str, str] = {"全国": NATION, "国家": NATION, "中国": NATION}
    names = {code: name for code, name in _read()[0].items() if code != NATION and not _is_placeholder(name)}
    for code, name in sorted(names.items(), key=lambda each: not each[0].endswith("0000")):
        province = names[f"{code[:2]}0000"]
        for written in dict.fromkeys((name, _short(name), province + name, _short(province) + name, _short(province) + _short(name))):
            found.setdefault(written, code)
    return found


def provinces() -> tuple[tuple[str, str], ...]:
    """(code, name), in the order of the codes."""
    return tuple((code, name) for code, name in _read()[0].items() if code.endswith("0000") and code != NATION)


def prefectures(province: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of those of a province; empty for the four cities that are provinces themselves."""
    return tuple(
        (code, name)
        for code, name in _read()[0].items()
        if code[:2] == province[:2] and not code.endswith("0000") and not _is_placeholder(name)
    )


def chain(code: str) -> tuple[str, ...]:
    """330106 → (330106, 330100, 330000, 000000): the places whose rules are asked in turn. Raises UnknownRegion."""
    if not is_code(code):
        raise UnknownRegion(code)
    return tuple(dict.fromkeys((code, f"{code[:4]}00", f"{code[:2]}0000", NATION)))


def is_code(code: str) -> bool:
    """A known province or prefecture, or a place within one."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return False
    names = _read()[0]
    if code in names or f"{code[:4]}00" in names:
        return True
    return f"{code[:2]}0000" in names and code[2:4] == DIRECTLY_GOVERNED and code[4:] != "00"


def named(given: str) -> str:
    """浙江, 浙江省, ZJ, CN-ZJ, 杭州, 浙江省杭州市 or a code → the code. Raises UnknownRegion."""
    written = "".join(given.split())
    if is_code(written):
        return written
    by_letters = _read()[1].get(written.upper().removeprefix("CN-"))
    code = by_letters or _by_name().get(written)
    if code is None:
        raise UnknownRegion(given)
    return code


def name_of(code: str) -> str:
    """杭州市 for 330100; of a place within a prefecture, the prefecture's (浙江省 for one that belongs to none)."""
    names = _read()[0]
    for each in chain(code):
        if each in names and not _is_placeholder(names[each]):
            return names[each]
    raise UnknownRegion(code)


def full_name(code: str) -> str:
    """浙江省杭州市."""
    names = _read()[0]
    if code == NATION:
        return names[NATION]
    province, place = names[f"{code[:2]}0000"], name_of(code)
    return place if place == province else province + place


def _is_placeholder(name: str) -> bool:
    return name in ("市辖区", "县")


def _short(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name
