"""What the fields of our files are called where a person chooses one."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "id": _("Foreign id"), "name": _("Name"), "name_ar": _("Arabic name"), "given_name": _("Given name"),
    "family_name": _("Family name"), "email": _("E-mail"), "phone": _("Phone"), "mobile": _("Mobile phone"),
    "company": _("Company"), "title": _("Job title"), "country": _("Country"), "city": _("City"),
    "source": _("Source"), "tags": _("Tags"), "owner": _("Owner"), "lifecycle": _("Lifecycle stage"),
    "language": _("Language"), "about": pgettext_lazy("record", "About"), "site": _("Website"), "industry": _("Industry"),
    "employees": _("Employees"), "revenue_minor": _("Yearly revenue"), "founded_year": _("Founded in"),
    "parent": _("Parent company"), "address": _("Address"), "manager": _("Manager"), "office": _("Office"),
    "family": _("Product family"), "price_minor": _("Price"), "product": _("Product"), "stage": _("Stage"),
    "began_on": _("Begun on"), "closed_on": _("Closed on"), "amount_minor": _("Amount"),
}  # fmt: skip
