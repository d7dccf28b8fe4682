"""Dates in any common order, calendar and script; what stays ambiguous is never guessed."""

# ruff: noqa: E501 - a table of cells reads best in rows

from datetime import UTC, date, datetime, timedelta

import pytest
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st

from dawra.customers.importing import values
from dawra.customers.importing.values import Cell, Wrong
from dawra.customers.importing.values.months import GREGORIAN, HIJRI

LAST_OF_MARCH = date(2026, 3, 31)
ORDERS = {"ymd": "{y}-{m}-{d}", "dmy": "{d}/{m}/{y}", "mdy": "{m}/{d}/{y}", "ydm": "{y}/{d}/{m}"}
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def read(written, reader=None, **options):
    return (reader or values.day())(written, Cell("x", options=options))


def refused(written, **options):
    with pytest.raises(Wrong) as wrong:
        read(written, **options)
    return wrong.value.code


@pytest.mark.parametrize("written", [
    "2026-03-31", "2026/3/31", "2026.03.31", "2026-03-31T10:00:00Z", "2026-03-31 10:00:00.000", "20260331", "20260331101500",
    "31/03/2026", "31-3-2026", "31.03.2026", "3/31/2026", "3/31/26", "03/31/2026 10:00 AM", "31 March 2026", "March 31, 2026",
    "Mar 31, 2026", "31-Mar-26", "31mar2026", "31st of March, 2026", "Tuesday, 31 March 2026", "Tue Mar 31 2026",
    "Tue, 31 Mar 2026 10:00:00 +0300", "Tue Mar 31 2026 10:00:00 GMT+0300 (Arabian Standard Time)", "2026 Mar 31",
    "٣١/٠٣/٢٠٢٦", "۳۱/۰۳/۲۰۲۶", "٣١ آذار ٢٠٢٦", "31 مارس 2026", "31 آذار/مارس 2026", "الثلاثاء، ٣١ مارس ٢٠٢٦", "31 مارس 2026 م",
    "\u200f31\u200f/03\u200f/2026", "1447-10-12", "١٤٤٧/١٠/١٢ هـ", "12/10/1447", "12 شوال 1447", "12 Shawwal 1447 AH", "46112",
    "46112.5", "1774951200", "1774951200000",
])  # fmt: skip
def test_the_last_of_march_is_understood_however_it_is_written(written):
    calendar = {"calendar": "hijri", "order": "dmy"} if written == "12/10/1447" else {}
    assert read(written, **calendar) == LAST_OF_MARCH


@pytest.mark.parametrize(("written", "code"), [
    ("03/04/2026", "ambiguous_date"), ("03.04.2026", "ambiguous_date"), ("1/2/26", "ambiguous_date"), ("٠٣/٠٤/٢٠٢٦", "ambiguous_date"),
    ("31/02/2026", "no_such_day"), ("2026-02-30", "no_such_day"), ("29/02/2027", "no_such_day"), ("1447-13-01", "no_such_day"),
    ("tomorrow", "not_date"), ("March 2026", "not_date"), ("2026", "not_date"), ("31", "not_date"), ("1/2/3", "not_date"),
    ("1e309", "not_date"), ("9" * 400, "not_date"), ("31/03/2026 25:00", "not_date"), ("31/03/2026 13:00 pm", "not_date"),
    ("2026-03-31 maybe", "not_date"), ("31 March April 2026", "not_date"), ("-46112", "not_date"), ("=TODAY()", "not_date"),
    ("9999-12-31", "year_out"), ("0026-03-31", "year_out"), ("31/03/1066", "year_out"),
])  # fmt: skip
def test_what_is_no_certain_date_is_refused_with_its_reason(written, code):
    assert refused(written) == code


def test_the_answer_for_the_column_decides_what_the_cell_leaves_open():
    assert read("03/04/2026", order="dmy") == date(2026, 4, 3)
    assert read("03/04/2026", order="mdy") == date(2026, 3, 4)
    assert read("26/03/04", order="ymd") == date(2026, 3, 4)
    assert read("2026-03-04", order="ydm") == date(2026, 4, 3)
    assert read("03/04/2026", values.day("mdy")) == date(2026, 3, 4)
    assert read("03/04/2026", values.day("mdy"), order="dmy") == date(2026, 4, 3), "a person's answer beats the format"
    assert read("05/05/2026") == date(2026, 5, 5), "where all orders agree nothing is open"
    assert refused("31/03/2026", order="mdy") == "other_order"


def test_two_digit_years_fall_into_a_stated_window():
    assert read("31 Dec 68") == date(2068, 12, 31)
    assert read("31 Dec 69") == date(1969, 12, 31)
    assert read("31 Dec 55", values.day(pivot=25)) == date(1955, 12, 31), "birthdays look back"


def test_serial_days_know_the_february_that_only_spreadsheets_have():
    cell = Cell("x", options={"calendar": "excel"})
    assert [values.day()(written, cell) for written in ("1", "59", "61")] == [
        date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1),
    ]  # fmt: skip
    assert refused("60", calendar="excel") == "no_such_day"
    assert cell.said[0].code == "excel_date"
    assert read("46112.75", values.moment()) == datetime(2026, 3, 31, 18, tzinfo=UTC)
    assert read("46112.999999", values.moment()).date() == LAST_OF_MARCH


def test_moments_keep_their_offset_and_bare_ones_take_the_columns_zone():
    at = values.moment()
    assert read("2026-03-31T10:00:00+03:00", at) == datetime(2026, 3, 31, 7, tzinfo=UTC)
    assert read("31/03/2026 10:30 م", at, zone="Asia/Riyadh") == datetime(2026, 3, 31, 19, 30, tzinfo=UTC)
    assert read("31/03/2026 10:30 ص", at) == datetime(2026, 3, 31, 10, 30, tzinfo=UTC)
    assert read("12/31/2026 12:05 am", at) == datetime(2026, 12, 31, 0, 5, tzinfo=UTC)
    assert read("2026-03-31", at, zone="Asia/Riyadh").isoformat() == "2026-03-31T12:00:00+03:00", "a bare day: midday"
    assert read("2026-03-30T21:00:00Z", zone="Asia/Riyadh") == LAST_OF_MARCH, "midnight in Riyadh"
    assert read("2026-03-31T00:00:00Z", zone="America/New_York") == LAST_OF_MARCH, "how programs write a bare day"


def test_when_says_a_day_a_moment_or_a_moment_without_a_zone():
    assert read("31 March 2026", values.when()) == LAST_OF_MARCH
    assert read("2026-03-31 10:00", values.when()) == datetime(2026, 3, 31, 10)
    assert read("2026-03-31T10:00Z", values.when()) == datetime(2026, 3, 31, 10, tzinfo=UTC)


def test_a_zero_date_is_no_date_and_is_said():
    cell = Cell("x")
    assert values.day()("0000-00-00 00:00:00", cell) is None
    assert [said.code for said in cell.said] == ["zero_date"]


DAYS = st.dates(date(1970, 1, 1), date(2068, 12, 31))


@given(
    DAYS, st.sampled_from(sorted(ORDERS)), st.sampled_from(["-", "/", "."]), st.sampled_from([None, ARABIC, PERSIAN])
)
def test_every_day_comes_back_in_every_order_and_script(day, order, mark, script):
    written = ORDERS[order].replace("-", mark).replace("/", mark).format(y=day.year, m=day.month, d=day.day)
    assert read(written.translate(script) if script else written, order=order) == day


@given(DAYS, st.sampled_from(sorted(ORDERS)))
def test_without_an_order_a_day_is_right_or_refused_never_another_day(day, order):
    written = ORDERS[order].format(y=day.year, m=day.month, d=day.day)
    try:
        found = read(written)
    except Wrong as wrong:
        assert wrong.code in ("ambiguous_date", "no_such_day")
    else:
        assert found == day or order == "ydm", (
            "a year in front is followed by the month, unless the column says otherwise"
        )


@given(DAYS, st.sampled_from(sorted(name for name in GREGORIAN)))
def test_a_month_in_words_leaves_nothing_open(day, name):
    day = day.replace(day=min(day.day, 28), month=GREGORIAN[name])
    assert read(f"{day.day} {name} {day.year}") == day
    assert read(f"{name} {day.day}, {day.year}") == day


@given(st.dates(date(1970, 1, 1), date(2060, 12, 31)), st.booleans())
def test_hijri_days_come_back(day, in_words):
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    name = next(name for name, number in HIJRI.items() if number == hijri.month)
    written = f"{hijri.day} {name} {hijri.year}" if in_words else f"{hijri.year}/{hijri.month}/{hijri.day}"
    assert read(written.translate(ARABIC)) == day


@given(DAYS, st.integers(0, 86_399))
def test_epochs_and_serial_days_come_back(day, second):
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=second)
    if at.year >= 1976:
        assert read(str(int(at.timestamp())), values.moment()) == at
        assert read(str(int(at.timestamp()) * 1000), values.moment()) == at
    assert read(str((day - date(1899, 12, 30)).days)) == day


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_stumble(written):
    try:
        read(written.strip() or "x")
    except Wrong as wrong:
        assert wrong.code in ("not_date", "no_such_day", "ambiguous_date", "year_out")
