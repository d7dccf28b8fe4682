"""What was brought in: imports, their files, what became of each row, and which record a foreign id stands for."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dawra.access.ids import new_id

WAITING, RUNNING, PAUSED, DONE, FAILED, STOPPED = "waiting", "running", "paused", "done", "failed", "stopped"
UNDOING, UNDONE = "undoing", "undone"
STATES = (WAITING, RUNNING, PAUSED, DONE, FAILED, STOPPED, UNDOING, UNDONE)
CREATED, UPDATED, UNCHANGED, REJECTED = "created", "updated", "unchanged", "rejected"


class Import(models.Model):
    """One bringing-in of one set of files. Waiting until somebody has looked at it and said start.

    system:  code of the recognised format; with a foreign id it names a record (ExternalId)
    options: {"rates": {"USD": "3.75"}} and what else was asked before the start
    asked_stop, asked_pause: the person wants it to end, or to rest, after the batch under way
    problem: code of what ended it, for state failed
    dry_run: what would happen, counted and shown before the start; see importing/judging.py
    undo:    how far the taking back is, by whom and what became of the rows; see importing/taking_back.py
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    system = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=[(s, s) for s in STATES], default=WAITING)
    options = models.JSONField(default=dict)
    via = models.CharField(max_length=8)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    working_seconds = models.FloatField(default=0)
    asked_stop = models.BooleanField(default=False)
    asked_pause = models.BooleanField(default=False)
    problem = models.JSONField(default=dict)
    skipped_files = models.JSONField(default=list)
    files_removed_at = models.DateTimeField(null=True)
    dry_run = models.JSONField(default=dict)
    undo = models.JSONField(default=dict)

    kind = "import"

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="import_newest")]

    def __str__(self) -> str:
        return f"{self.system} {self.state}"


class ImportFile(models.Model):
    """One file of an import and how far it is. The counts move in the transaction that keeps the rows.

    plan:   how it is read and what a match does, as decided by a person; see importing/plan.py
    part:   which file of the format this is. place: where it lies. key: random name in the imports folder, "" for CLI
    notes:  {code and facts as JSON: how often}
    rows_seen: rows read so far (data rows, the header not counted)
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    within = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    part = models.CharField(max_length=40)
    place = models.TextField(blank=True)
    key = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    encoding = models.CharField(max_length=20)
    delimiter = models.CharField(max_length=1)
    headers = models.JSONField(default=list)
    plan = models.JSONField(default=dict)
    rows_total = models.PositiveIntegerField(null=True)
    rows_seen = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=dict)
    is_done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["within", "position"], name="import_file_once"),
            models.CheckConstraint(
                condition=Q(rows_seen=F("created") + F("updated") + F("unchanged") + F("rejected")),
                name="import_rows_add_up",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """What became of one row.

    says:   [{"code", "column", facts}] notes and reasons; cells: as written, if rejected
    made:   what the row added to or changed on a record, so that it can be taken back; see importing/targets.py
    undone: what taking the import back did with it: see importing/taking_back.py; "" before
    """

    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=[(o, o) for o in (CREATED, UPDATED, UNCHANGED, REJECTED)])
    record_kind = models.CharField(max_length=20, blank=True)
    record_id = models.UUIDField(null=True)
    says = models.JSONField(default=list)
    cells = models.JSONField(default=list)
    made = models.JSONField(default=dict)
    undone = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["file", "number"], condition=Q(outcome=REJECTED), name="import_row_rejected"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"


class ExternalId(models.Model):
    """Which record another system's id stands for.

    digest:  of the row last brought in (of several, if one file spoke of it several times, between blanks); the same
             row again changes nothing
    seen_in: the import that kept it last
    version: the record's after that; a higher one means somebody edited it here since
    """

    system = models.CharField(max_length=40)
    record_kind = models.CharField(max_length=20)
    external_id = models.CharField(max_length=200)
    record_id = models.UUIDField()
    digest = models.CharField(max_length=700)
    version = models.PositiveIntegerField(default=1)
    seen_at = models.DateTimeField()
    seen_in = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "record_kind", "external_id"], name="external_id_once")
        ]
        indexes = [models.Index(fields=["record_id"], name="external_id_record")]

    def __str__(self) -> str:
        return f"{self.system} {self.external_id} → {self.record_kind} {self.record_id}"
