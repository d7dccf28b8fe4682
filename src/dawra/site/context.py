"""What the page frame needs on every page: the company, the navigation, who looks. Nothing is read until it is drawn."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dawra.site.reader import Reader, reading
from dawra.team.queries.notices import unread_count


@dataclass(frozen=True, slots=True)
class Link:
    """name: of the address. permission: "" for every member. short: the text on the phone's bar. keys: its shortcut after G."""

    name: str
    icon: str
    text: str | Promise
    permission: str = ""
    short: str | Promise = ""
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """ring: the lit arc, "" for the links above all sections."""

    title: str | Promise
    ring: str
    links: tuple[Link, ...]


SECTIONS = (
    Section("", "", (Link("day", "home", _("My day"), keys="H"),)),
    Section(
        _("Attract"),
        "on1",
        (
            Link("customers:people", "users", _("People"), "customers.read", keys="L"),
            Link("customers:companies", "building", _("Companies"), "customers.read", keys="O"),
            Link("customers:import", "upload", pgettext_lazy("navigation", "Import"), "records.import"),
        ),
    ),
    Section(
        _("Win"),
        "on2",
        (
            Link(
                "deals:board",
                "layout-kanban",
                _("Pipeline"),
                "deals.read",
                short=pgettext_lazy("phone bar", "Pipeline"),
                keys="P",
            ),
            Link("deals:table", "target-arrow", _("Deals"), "deals.read", keys="D"),
        ),
    ),
    Section(_("Team"), "on4", (Link("team:members", "users-group", _("Members"), "team.read", keys="T"),)),
    Section(
        _("Company"),
        "all",
        (
            Link("site:settings", "settings", _("Settings"), "workspace.manage", keys="S"),
            Link("journal:deliveries", "refresh", _("Background work"), "journal.operate"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Adding:
    """One thing that can be added from anywhere, in a dialog; address also opens as a page of its own."""

    kind: str
    icon: str
    text: str | Promise
    keys: str
    permission: str

    @property
    def address(self) -> str:
        return f"/quick/{self.kind}/"


ADDINGS = (
    Adding("person", "user-plus", _("Person"), "L", "customers.work"),
    Adding("company", "building", _("Company"), "M", "customers.work"),
    Adding("deal", "target-arrow", _("Deal"), "D", "deals.work"),
    Adding("call", "phone", _("Log a call"), "C", "customers.work"),
    Adding("task", "list-check", _("Task"), "T", "customers.work"),
    Adding("note", "note", _("Note"), "O", "customers.work"),
)


PALETTE = "/search/palette/"


@dataclass(frozen=True, slots=True)
class Shown:
    """A link as drawn."""

    link: Link
    address: str
    current: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Drawer:
    section: Section
    links: tuple[Shown, ...]


class Shell:
    """The frame of one page; each part is worked out when the template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request: Any = request

    @property
    def reader(self) -> Reader:
        return reading()

    @property
    def member(self) -> Any:
        """Who is signed in, or None."""
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def workspace(self) -> Any:
        return getattr(self._request, "workspace", None)

    @cached_property
    def drawers(self) -> tuple[Drawer, ...]:
        """The side's sections with the links this member may open."""
        drawers = []
        for section in SECTIONS:
            links = tuple(self._shown(link) for link in section.links if self._opens(link))
            if links:
                drawers.append(Drawer(section, links))
        return tuple(drawers)

    @cached_property
    def links(self) -> tuple[Shown, ...]:
        return tuple(shown for drawer in self.drawers for shown in drawer.links)

    @cached_property
    def bar(self) -> dict[str, Shown]:
        """The phone's bar: day, pipeline, people."""
        wanted = {"day": "day", "deals:board": "pipeline", "customers:people": "people"}
        return {wanted[shown.link.name]: shown for shown in self.links if shown.link.name in wanted}

    @cached_property
    def addings(self) -> tuple[Adding, ...]:
        actor = getattr(self._request, "actor", None)
        if actor is None:
            return ()
        return tuple(adding for adding in ADDINGS if actor.may(adding.permission) and exists(adding.address))

    @property
    def menus(self) -> SafeString:
        """The palette and the list of keys: the same on every page of whoever may do the same, so drawn once."""
        draw = _menus.__wrapped__ if settings.DEBUG else _menus
        return draw(
            reading().language, self.addresses["palette"], tuple(shown.link for shown in self.links), self.addings
        )

    @cached_property
    def unread(self) -> int:
        """1 query, none for a visitor."""
        if self.member is None:
            return 0
        return unread_count(self.member.pk)

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Where the frame's own buttons lead; "" where nobody answers yet."""
        return {
            "language": address("site:language"),
            "look": address("site:look") or address("team:look"),
            "palette": address("site:palette") or (PALETTE if exists(PALETTE) else ""),
            "search": address("site:search"),
            "notifications": address("team:notifications") or address("site:notifications"),
            "profile": address("team:profile") or address("site:profile"),
            "sign_out": address("account_logout"),
            "sign_in": address("account_login"),
        }

    def _opens(self, link: Link) -> bool:
        actor = getattr(self._request, "actor", None)
        return bool(address(link.name)) and actor is not None and (not link.permission or actor.may(link.permission))

    def _shown(self, link: Link) -> Shown:
        return Shown(link, address(link.name), link.name == self._current, None)

    @cached_property
    def _current(self) -> str:
        """The link whose address begins the page's own, the longest one."""
        path = self._request.path
        known = [(address(link.name), link.name) for section in SECTIONS for link in section.links]
        fitting = [(len(at), name) for at, name in known if at and (path == at or (at != "/" and path.startswith(at)))]
        return max(fitting, default=(0, ""))[1]


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request), "reader": reading()}


@lru_cache(maxsize=128)
def _menus(_language: str, palette: str, links: tuple[Link, ...], addings: tuple[Adding, ...]) -> SafeString:
    """_language: the one in force, part of what the result is kept under."""
    shown = [Shown(link, address(link.name), False, None) for link in links]
    takes = {"shell": {"addresses": {"palette": palette}, "links": shown, "addings": addings}}
    return SafeString(render_to_string("site/menus.html", takes))


@lru_cache(maxsize=256)
def address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=64)
def exists(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
