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
            Link("prospecting:leads", "user-search", _("Leads"), "prospecting.read", keys="L"),
            Link("customers:people", "users", _("People"), "customers.read", keys="E"),
            Link("customers:companies", "building", _("Companies"), "customers.read", keys="O"),
            Link("prospecting:icp", "target", _("Ideal customer profile"), "prospecting.read"),
            Link("prospecting:planner", "calculator", _("Prospecting planner"), "prospecting.read"),
            Link("customers:letters", "mail", _("Letters"), "customers.read"),
            Link("customers:import", "upload", pgettext_lazy("navigation", "Import"), "records.import"),
            Link("customers:duplicates", "copy", _("Duplicates"), "customers.work"),
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
            Link("deals:playbook", "notebook", _("Playbook"), "deals.read"),
            Link("deals:qualification", "list-check", _("Qualification"), "deals.read"),
            Link("deals:demos", "presentation-analytics", _("Demos"), "deals.read"),
            Link("deals:answers", "book-2", _("Answers to objections"), "deals.read"),
        ),
    ),
    Section(
        _("Team"),
        "on4",
        (
            Link("team:members", "users-group", _("Members"), "team.read", keys="T"),
            Link("team:training", "school", _("Training"), "team.read"),
        ),
    ),
    Section(
        _("Company"),
        "all",
        (
            Link("site:settings", "settings", _("Settings"), "workspace.manage", keys="S"),
            Link("journal:deliveries", "refresh", _("Background work"), "journal.operate"),
        ),
    ),
)


LINKS = tuple(link for section in SECTIONS for link in section.links)
BAR = {"day": "day", "deals:board": "pipeline", "customers:people": "people"}  # the phone's bar: link → its place


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
    Adding("lead", "user-search", _("Lead"), "L", "prospecting.work"),
    Adding("person", "user-plus", _("Person"), "P", "customers.work"),
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
        return _drawers(self._open, self._current)

    @cached_property
    def addings(self) -> tuple[Adding, ...]:
        actor = getattr(self._request, "actor", None)
        if actor is None:
            return ()
        return tuple(adding for adding in ADDINGS if actor.may(adding.permission) and exists(adding.address))

    @property
    def nav(self) -> SafeString:
        """The side's sections."""
        return self._kept("site/nav.html")

    @property
    def adding_menu(self) -> SafeString:
        """What can be added, as the entries of a menu."""
        return self._kept("site/adding_menu.html")

    @property
    def tabbar(self) -> SafeString:
        """The phone's bar."""
        return self._kept("site/tabbar.html")

    @property
    def menus(self) -> SafeString:
        """The palette and the list of keys."""
        return self._kept("site/menus.html", current="")

    def _kept(self, template: str, current: str | None = None) -> SafeString:
        """A piece that is the same on every page of whoever may do the same, so drawn once for each."""
        draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
        on = self._current if current is None else current
        return draw(template, reading().language, on, self._open, tuple(adding.kind for adding in self.addings))

    @cached_property
    def _open(self) -> tuple[str, ...]:
        """Names of the links this member may open."""
        return tuple(link.name for link in LINKS if self._opens(link))

    @cached_property
    def unread(self) -> int:
        """It came with the member; 1 query where somebody has just signed in, none for a visitor."""
        if self.member is None:
            return 0
        there: int | None = getattr(self.member, "unread", -1)
        return unread_count(self.member.pk) if there == -1 else there or 0

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Where the frame's own buttons lead; "" where nobody answers yet."""
        return {
            "language": address("site:language"),
            "look": address("site:look") or address("team:look"),
            "palette": _palette(),
            "search": address("site:search"),
            "notifications": address("team:notifications") or address("site:notifications"),
            "profile": address("team:profile") or address("site:profile"),
            "sign_out": address("account_logout"),
            "sign_in": address("account_login"),
        }

    def _opens(self, link: Link) -> bool:
        actor = getattr(self._request, "actor", None)
        return bool(address(link.name)) and actor is not None and (not link.permission or actor.may(link.permission))

    @cached_property
    def _current(self) -> str:
        """The link whose address begins the page's own, the longest one."""
        path = self._request.path
        known = [(address(link.name), link.name) for link in LINKS]
        fitting = [(len(at), name) for at, name in known if at and (path == at or (at != "/" and path.startswith(at)))]
        return max(fitting, default=(0, ""))[1]


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request), "reader": reading()}


@lru_cache(maxsize=512)
def _drawn(template: str, _language: str, current: str, links: tuple[str, ...], addings: tuple[str, ...]) -> SafeString:
    """links: names. addings: kinds. _language: the one in force, part of what the result is kept under."""
    drawers = _drawers(links, current)
    shown = [one for drawer in drawers for one in drawer.links]
    shell = {
        "addresses": {"palette": _palette()},
        "drawers": drawers,
        "links": shown,
        "addings": tuple(adding for adding in ADDINGS if adding.kind in addings),
        "bar": {BAR[one.link.name]: one for one in shown if one.link.name in BAR},
    }
    return SafeString(render_to_string(template, {"shell": shell}))


def _drawers(links: tuple[str, ...], current: str) -> tuple[Drawer, ...]:
    """current: name of the link whose page this is, "" for none."""
    drawers = []
    for section in SECTIONS:
        shown = tuple(
            Shown(link, address(link.name), link.name == current, None) for link in section.links if link.name in links
        )
        if shown:
            drawers.append(Drawer(section, shown))
    return tuple(drawers)


def _palette() -> str:
    return address("site:palette") or (PALETTE if exists(PALETTE) else "")


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
