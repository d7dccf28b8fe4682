"""What has been kept, shown to whoever runs the installation."""

import subprocess
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal.telling import tell
from dawra.site.operation import backup, rules
from dawra.site.operation.backup import open_archive
from dawra.site.operation.backup.taking import command


@opens("workspace.operate")
@require_GET
def backups(request: HttpRequest) -> HttpResponse:
    """Every backup there is, and whether the newest is new enough."""
    kept = backup.kept()
    newest = next((one for one in kept if not one.problem), None)
    late = newest is None or timezone.now() - newest.taken_at > rules.OLDEST_BACKUP
    takes = {
        "kept": kept,
        "newest": newest,
        "late": late,
        "hour": settings.BACKUP_HOUR,
        "days": settings.BACKUPS_KEPT,
        "folder": settings.BACKUPS,
        "archives": open_archive.kept(),
    }
    return render(request, "site/backups.html", takes)


@opens("workspace.operate")
@require_POST
def take_backup(request: HttpRequest) -> HttpResponse:
    """Start one now, in a process of its own: it outlives the request and appears in the list when it is whole."""
    subprocess.Popen(command("backup", "--reason", "manual"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return tell(request, redirect("site:operation"), _("The backup has started. It appears here when it is complete."))


@opens("workspace.operate")
@require_POST
def take_everything(request: SignedRequest) -> HttpResponse:
    """Start an open archive, in a process of its own; whoever asked signs it."""
    member: Any = request.user
    words = command("export", "--as", member.email)
    subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return tell(
        request, redirect("site:operation"), _("The archive has been started. It appears here when it is complete.")
    )


@opens("workspace.operate")
@require_GET
def everything(request: SignedRequest, name: str) -> FileResponse:
    """Hand out one open archive; who took it is written down first."""
    return open_archive.handed_out(request.actor, name)


@opens("workspace.operate")
@require_POST
def remove_everything(request: SignedRequest, name: str) -> HttpResponse:
    """Remove one open archive from the server."""
    open_archive.remove(request.actor, name)
    return tell(request, redirect("site:operation"), _("The archive was removed."))
