"""Backups: one .tar each in DAWRA_HOME/backups, checked by the checksums of its own manifest.

A backup holds the database as of one moment, the attached files, the secret key, and manifest.json as its first
member. It is written under a temporary name, synced to the disk and renamed: a name that ends in .tar is whole.
"""

from dawra.site.operation.archive import BadBackup, Manifest, check, read_manifest
from dawra.site.operation.backup.keeping import Kept, kept, newest, nightly_is_due, prune
from dawra.site.operation.backup.restoring import NotEmpty, restore
from dawra.site.operation.backup.taking import AlreadyRunning, take

__all__ = [
    "AlreadyRunning",
    "BadBackup",
    "Kept",
    "Manifest",
    "NotEmpty",
    "check",
    "kept",
    "newest",
    "nightly_is_due",
    "prune",
    "read_manifest",
    "restore",
    "take",
]
