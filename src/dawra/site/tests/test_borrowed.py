"""The texts of django-allauth that we translate ourselves."""

import gettext
from pathlib import Path

import allauth
from django.utils.translation import ngettext, override

from dawra.site.borrowed import WORDS


def test_each_borrowed_text_is_written_as_allauth_writes_it():
    catalogue = Path(allauth.__file__).parent / "locale/ar/LC_MESSAGES/django.mo"
    with catalogue.open("rb") as file:
        theirs = gettext.GNUTranslations(file)
    assert [word for word in WORDS if theirs.gettext(word) == word] == []


def test_how_many_recovery_codes_are_left_is_told_in_arabic_with_both_numbers():
    text = "There is %(unused_count)s out of %(total_count)s recovery codes available."
    with override("ar"):
        assert ngettext(text, text, 8) % {"unused_count": 8, "total_count": 10} == "بقيت 8 رموز من أصل 10"
