"""Places by name and by code."""

import pytest

from workflow.law import regions
from workflow.law.regions import UnknownRegion, chain, full_name, name_of, named


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("浙江", "330000"),
        ("浙江省", "330000"),
        ("ZJ", "330000"),
        ("zj", "330000"),
        ("CN-SH", "310000"),
        ("上海市", "310000"),
        ("330100", "330100"),
        ("330106", "330106"),
        ("杭州", "330100"),
        ("浙江省杭州市", "330100"),
        ("浙江 杭州", "330100"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("内蒙古", "150000"),
        ("HA", "410000"),
        ("HE", "130000"),
        ("SX", "140000"),
        ("SN", "610000"),
        ("全国", "000000"),
        ("419001", "419001"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(given, code):
    assert named(given) == code


@pytest.mark.parametrize("given", ["", "火星", "999999", "33010", "339900", "３３０１００", "XX", "419000x"])
def test_an_unknown_place_is_refused_with_a_sentence(given):
    with pytest.raises(UnknownRegion, match="找不到地区"):
        named(given)


def test_the_chain_goes_from_the_place_to_the_nation():
    assert chain("330106") == ("330106", "330100", "330000", "000000")
    assert chain("310000") == ("310000", "000000")
    assert chain("000000") == ("000000",)


def test_names_are_given_back():
    assert (name_of("330106"), full_name("330100"), full_name("310115"), name_of("000000")) == ("杭州市", "浙江省杭州市", "上海市", "全国")


def test_the_table_holds_every_province_and_prefecture():
    assert len(regions.provinces()) == 34
    assert sum(len(regions.prefectures(code)) for code, _ in regions.provinces()) == 333
    assert regions.prefectures("310000") == ()
    codes = [code for province, _ in regions.provinces() for code, _ in regions.prefectures(province)]
    assert len(codes) == len(set(codes)) and all(named(full_name(code)) == code for code in codes)
