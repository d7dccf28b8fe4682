"""A cell as a typed value, or a reason why it is none.

A reader is `(text, cell) -> value`; text is never blank. It raises Wrong(code, …); what it understood but reads
differently than written it says through cell.note(code, …). What was answered for its column stands in cell.options.

cell  what a reader gets and says │ texts  texts, prose, lists of words, languages, time zones │ markup  HTML as Markdown
dates  days and moments │ numbers  numbers, amounts, percentages │ currencies │ contact  e-mails, phones, web addresses
labels  options, yes and no, countries, currencies │ custom  custom fields
"""

from dawra.customers.importing.values.cell import INVISIBLE, Cell, Read, Wrong, of
from dawra.customers.importing.values.contact import email, link, phone, site
from dawra.customers.importing.values.custom import Sought, custom
from dawra.customers.importing.values.dates import FORMS, day, moment, when
from dawra.customers.importing.values.labels import (
    country,
    currency,
    label,
    lifecycle,
    one_of,
    several_of,
    yes_no,
)
from dawra.customers.importing.values.numbers import amount, number, percent, whole
from dawra.customers.importing.values.texts import language, prose, text, time_zone, words

__all__ = [
    "FORMS", "INVISIBLE", "Cell", "Read", "Sought", "Wrong", "amount", "country", "currency", "custom", "day", "email", "label",
    "language", "lifecycle", "link", "moment", "number", "of", "one_of", "percent", "phone", "prose", "several_of", "site",
    "text", "time_zone", "when", "whole", "words", "yes_no",
]  # fmt: skip
