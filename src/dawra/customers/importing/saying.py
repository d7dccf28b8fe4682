"""What an import can say of a row or a file: a code kept with plain facts, a sentence in the reader's language.

Each reason names what is wrong and how to fix it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise | str] = {
    # the whole file
    "empty_file": _("The file is empty."),
    "not_text": _("This is not a text file. Save the table as CSV (UTF-8) and try again."),
    "no_headers": _("No row of column names was found. The first row must name the columns."),
    "too_many_columns": _("The file has %(found)s columns; at most %(most)s can be read. Remove columns not needed."),
    "too_large": _("The file is larger than can be taken in at once. Cut it into parts."),
    "broken_archive": _("The packed file is damaged. Pack it again, or send it unpacked."),
    "unknown_encoding": _("“%(value)s” is not an encoding that can be read. Choose one of: %(known)s."),
    "bad_delimiter": _("“%(value)s” cannot separate columns. Choose one character that is no letter, digit or quote."),
    "web_page": _("This is a web page, whatever its name says. Open it in a spreadsheet and save it as XLSX or CSV."),
    "old_workbook": _("Workbooks of the form %(form)s cannot be read. Open it and save it as XLSX or CSV (UTF-8)."),
    "protected_workbook": _("The workbook is locked by a password. Open it, remove the password and save it again."),
    "broken_workbook": _(
        "The workbook is damaged. Open it in a spreadsheet, save it again as XLSX, and try that file."
    ),
    "no_sheets": _("The workbook has no sheet with cells. Save the table as XLSX or CSV and try again."),
    "unknown_sheet": _("The workbook has no sheet “%(value)s”. Its sheets are: %(known)s."),
    "too_many_sheets": _(
        "The workbook has more than %(most)s sheets. Save the one that is needed as a file of its own."
    ),
    "sheet_too_large": _("The sheet holds more than can be read. Delete what is unused, or save the table as CSV."),
    "entities": _("The workbook contains definitions no spreadsheet writes. Open it, and save it again as XLSX."),
    "archive_of_files": _("This is an archive of several files. Unpack it and choose the files inside."),
    "other_archive": _("This kind of archive cannot be read. Pack the files as .zip or .gz, or send them unpacked."),
    "nested_archive": _("The archive holds another archive. Unpack that one first."),
    "encrypted_archive": _("The archive is locked by a password. Unpack it, and send the files or a new archive."),
    "too_many_members": _("The archive holds too many files. Pack only the tables."),
    "no_tables": _("There is no table in the archive. It should hold CSV or XLSX files."),
    "bomb": _("The file unpacks to more than %(ratio)s times its size, which no table does. Send it unpacked."),
    "gone": _("The file is no longer there. Start the import again with the file."),
    "changed_file": _("The file changed while it was being imported. Start again with the new file."),
    "not_allowed": _("Whoever started this import may no longer import. Somebody who may can start it again."),
    # the whole row
    "row_too_long": _("This row is longer than one million characters. Shorten it."),
    "open_quote": _('A quotation mark (") opens in this row and never closes. Close it, or double it ("").'),
    "too_many_cells": _("The row has more cells than there are column names. Put text with separators into quotes."),
    "nul": _("The row contains a NUL character. Remove it; it usually comes from a damaged export."),
    "field_too_long": _("A cell is longer than 32,000 characters. Shorten it."),
    "not_in_encoding": _("Some characters are not in the file's encoding. Save the file as UTF-8."),
    "names_again": _("This row repeats the names of the columns. Remove it; it comes from joining files."),
    "missing": _("A value is missing here, and nothing can be made without it. Fill it in."),
    "no_name": _("There is neither a name nor an e-mail. Fill in one of them."),
    "collides": _("This row collides with something that already exists. Check its identifying values."),
    "in_use": _("“%(value)s” already belongs to another record. Correct it, or ask its owner."),
    "erased_before": _(
        "“%(value)s” belonged to somebody who asked to be erased. If they came back by themselves, whoever may erase people"
        " allows the address under “Erased addresses”; then bring the row in again."
    ),
    # one cell
    "too_long": _("The text is longer than %(most)s characters. Shorten it."),
    "not_number": _("“%(value)s” is not a number. Write digits only, such as 1250."),
    "not_whole": _("“%(value)s” is not a whole number. Write it without decimals."),
    "out_of_range": _("%(value)s is outside %(least)s to %(most)s. Correct it."),
    "not_amount": _("“%(value)s” is not an amount. Write it such as 1250.50."),
    "not_date": _("“%(value)s” is not a date. Write it as %(form)s."),
    "ambiguous_date": _(
        "“%(value)s” may mean %(first)s or %(second)s. Say in which order this column writes its dates."
    ),
    "other_order": _("“%(value)s” does not fit the order of this column's dates, such as %(form)s. Correct it."),
    "year_out": _("The year of “%(value)s” is outside %(least)s to %(most)s. Correct it, or leave the cell empty."),
    "ambiguous_number": _(
        "“%(value)s” may mean %(small)s or %(large)s. Say which character is the decimal sign of this column."
    ),
    "no_currency": _("“%(value)s” names no currency. Add one, such as 1250.50 SAR."),
    "not_percent": _("“%(value)s” is not a share of 0 to 100 %%. Write it such as 45 %%."),
    "no_such_day": _("%(value)s does not exist in the calendar. Correct the day or month."),
    "not_email": _("“%(value)s” is not an e-mail address. It needs a name, an @ and a domain."),
    "email_comma": _("“%(value)s” has a comma where a point belongs. Use %(fix)s."),
    "not_phone": _("“%(value)s” is not a phone number. Write it with the country code, such as +966 11 555 0100."),
    "phone_country": _(
        "“%(value)s” has no country code. Add it, such as +966, or say which country this file is from."
    ),
    "phone_shortened": _(
        "“%(value)s” is a number that a spreadsheet has shortened. Format the column as text and export it again."
    ),
    "not_language": _("“%(value)s” is not a language we know. Use its name, or a code such as ar or en."),
    "not_time_zone": _("“%(value)s” is not a time zone. Write it such as Asia/Riyadh."),
    "not_yes_no": _("“%(value)s” is neither yes nor no. Write one of the two."),
    "unknown_label": _("“%(value)s” is none of the options: %(known)s. Say which one is meant, or correct it."),
    "unknown_person": _("No person you may see has the e-mail “%(value)s”. Import the people first, or correct it."),
    "not_site": _("“%(value)s” is not a web address. Write it such as example.com."),
    "not_country": _("“%(value)s” is not a country we know. Use its name or its two-letter code."),
    "not_currency": _("“%(value)s” is not a currency code. Use three letters such as USD."),
    "not_lifecycle": _("“%(value)s” is not a lifecycle stage. Use one of: %(known)s."),
    "not_stage": _("“%(value)s” is not a stage of this file's format. Known are: %(known)s."),
    "unknown_product": _("There is no product called “%(value)s”. Add it to the products file, or correct the name."),
    "unknown_company": _("There is no company called “%(value)s”. Add it to the companies file, or correct the name."),
    "unknown_deal": _(
        "No deal you may see is meant by “%(value)s”. Bring the deals in first and then this row again, or correct it."
    ),
    "several_deals": _("Several deals are called “%(value)s”. Name the deal by its id."),
    "deal_is_full": _("The deal “%(value)s” holds %(most)s of these already, which is all it can. Remove some there."),
    "still_to_come": _("%(value)s is still to come, so it cannot have been held or missed. Correct one of the two."),
    "no_rate": _("There is no rate for %(currency)s. Tell what one %(currency)s is worth."),
    "no_match": _("No record here is meant by this row, and this import only changes what is here. Allow adding too."),
    "closes_before": _("The close date %(value)s is before the start %(start)s. Correct one of them."),
    "closed_without_date": _("A won or lost deal needs its close date. Fill it in."),
    "no_text": _("There is neither a subject nor a text. Fill in one of them."),
    # notes: accepted, and said
    "waits_for": _("“%(value)s” has not been imported yet: linked as soon as its row comes"),
    "company_by_name": _("“%(value)s” has not been imported yet: added by its name, filled as soon as its row comes"),
    "several_of_name": _("Several records are called “%(value)s”: not linked, because any choice would be a guess"),
    "told_again": _("The same record as in another file: only empty fields were filled"),
    "closed_in_future": _("Closed at a date still to come: counted as closed on the day of the import"),
    "not_in_deal": _("“%(value)s” takes no part in the deal: left out. Add them to the deal's people there"),
    "no_time": _("No time in the file: counted as of the day of the import"),
    "read_as": _("“%(value)s” was read as “%(read)s”"),
    "spelling": _("“%(value)s” was corrected to “%(read)s”"),
    "unknown_owner": _(
        "No member is called “%(value)s”: the record is nobody's until a member of this name or e-mail comes in"
    ),
    "may_not_assign": _("Your role does not give records to others: the record is yours"),
    "invisible_removed": _("Invisible control characters were removed"),
    "sheet_error": _("“%(value)s” is an error of a formula in the workbook, and was taken as it stands"),
    "no_dates": _("No dates in the file: counted as begun on the day of the import"),
    "lost_at_list_price": _("Lost: the amount is the product's list price"),
    "open_at_list_price": _("Open: the amount is the product's list price"),
    "no_company": _("No company named: the deal stands without one"),
    "added_by_name": _("“%(value)s” was named as a parent but has no row of its own: added by its name"),
    "edited_since": _("Edited in Dawra since the last import: only empty fields were filled"),
    "not_overwritten": _("Edited in Dawra since the last import: left as it is"),
    "same_name": _("“%(value)s” already exists under this name: only empty fields were filled"),
    "same_address": _("“%(value)s” already exists: only empty fields were filled"),
    "same_number": _("“%(value)s” already exists under this name: only empty fields were filled"),
    "elsewhere": _("“%(value)s” belongs to another record: left there"),
    "several_companies": _("Several companies are called “%(value)s”: linked to none"),
    "left_as_is": _("Already here: left as it is, because this import only adds"),
    "in_bin": _("The record lies in the bin: left there"),
    "member_made": _("Added as a member who cannot sign in until invited"),
    "member_known": _("“%(value)s” is already a member and becomes the owner"),
    "own_parent": _("A company cannot be its own parent: left without one"),
    "column_ignored": _("The column “%(value)s” is not known and was not imported"),
    "several_emails": _("Several e-mails in one cell: the first became the main one"),
    "several_phones": _("Several phone numbers in one cell: the first became the main one"),
    "excel_date": _("Numbers were read as the serial days of a spreadsheet"),
    "unix_date": _("Numbers were read as seconds or milliseconds since 1970, as programs count time"),
    "hijri_date": _("Hijri dates were read by the Umm al-Qura calendar"),
    "zero_date": _("0000-00-00 stands for no date: left empty"),
    "markup": _("HTML was turned into plain formatting; scripts, styles and pictures were left out"),
}

# Why a column was taken for a field (see guessing), and what is asked about its values.
SENTENCES |= {
    "guessed_header": _("The header says so"),
    "guessed_like_header": _("The header is like “%(like)s”"),
    "guessed_email": _("The values look like e-mail addresses"),
    "guessed_phone": _("The values look like phone numbers"),
    "guessed_link": _("The values look like web addresses"),
    "guessed_date": _("The values look like dates"),
    "guessed_amount": _("The values look like amounts of money"),
    "guessed_percent": _("The values look like percentages"),
    "guessed_country": _("The values are names or codes of countries"),
    "guessed_currency": _("The values are currencies"),
    "guessed_language": _("The values are languages"),
    "guessed_time_zone": _("The values are time zones"),
    "guessed_labels": _("The values are names of the options"),
    "guessed_yes_no": _("The values are yes and no"),
    "guessed_prose": _("The values are long texts"),
    "guessed_person": _("The values look like names of people"),
    "guessed_firm": _("The values look like names of companies"),
    "ask_order": _("In which order do these dates stand: day, month, year?"),
    "ask_decimal": _("Which character is the decimal sign of these numbers?"),
    "ask_labels": _("Which option does each of these labels stand for?"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of a row. column: the header as written, "" for the whole row."""

    code: str
    column: str = ""
    facts: Mapping[str, Any] | None = None

    def plain(self) -> dict[str, Any]:
        return {"code": self.code, "column": self.column, **(self.facts or {})}


def sentence(plain: Mapping[str, Any]) -> str:
    """The sentence in the language of whoever reads now."""
    code = str(plain.get("code", ""))
    text = gettext(str(plain.get("sentence", ""))) if code == "rule" else str(SENTENCES.get(code, code))
    try:
        return text % (_isolated(plain) if (get_language() or "").startswith("ar") else plain)
    except (KeyError, ValueError, TypeError):
        return text


def _isolated(plain: Mapping[str, Any]) -> dict[str, Any]:
    """What stands inside a sentence written from the right keeps its own direction; a value has quotation marks for that."""
    return {
        name: f"\u2068{fact}\u2069" if isinstance(fact, str) and name != "value" and fact else fact
        for name, fact in plain.items()
    }
