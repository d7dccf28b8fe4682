"""What the company sells."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.deals.models import Product
from dawra.deals.money import LARGEST_MINOR
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import ProductSaved
from dawra.journal.models import Entry


@dataclass(frozen=True, slots=True)
class ProductSaid:
    """price_minor: of one unit in currency. recurs: "", month or year."""

    code: str
    name: str
    name_ar: str = ""
    family: str = ""
    unit: str = ""
    price_minor: int = 0
    currency: str = ""
    recurs: str = ""
    archived: bool = False


@transaction.atomic
def save_product(
    actor: Actor, *, said: ProductSaid, product_id: UUID | None = None, cause: Entry | None = None
) -> Product:
    """Add a product or change one; lines that already sell it keep their price.

    Writes:  deals.product_saved.1
    Raises:  Refused, NotFound, Invalid, Conflict (the code is taken)
    """
    actor.must("deals.pipelines")
    product = Product.objects.filter(pk=product_id).first() if product_id else Product()
    if product is None:
        raise NotFound()
    wanted = {
        "code": said.code.strip()[:60],
        "name": said.name.strip()[:160],
        "name_ar": said.name_ar.strip()[:160],
        "family": said.family.strip()[:80],
        "unit": said.unit.strip()[:20],
        "price_minor": said.price_minor,
        "currency": said.currency.strip().upper()[:3],
        "recurs": said.recurs,
        "archived_at": (product.archived_at or actor.now) if said.archived else None,
    }
    for field in ("code", "name", "currency"):
        if not wanted[field]:
            raise Invalid(_("This is needed."), field=field)
    if not 0 <= said.price_minor <= LARGEST_MINOR or said.recurs not in ("", "month", "year"):
        raise Invalid(_("This price cannot be used."), field="price")
    if Product.objects.filter(code=wanted["code"]).exclude(pk=product.pk).exists():
        raise Conflict(_("Another product has the code “%(code)s”."), code=wanted["code"])
    changes = {
        name: [getattr(product, name), value] for name, value in wanted.items() if getattr(product, name) != value
    }
    for name, value in wanted.items():
        setattr(product, name, value)
    product.save()
    journal.write(actor, ProductSaved(product.pk, product.name, changes), about=[product], cause=cause)
    return product
