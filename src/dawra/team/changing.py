"""Writing a versioned row of this room: only over the version somebody saw."""

from typing import Any

from django.db.models import F, Model

from dawra.access.errors import Stale


def change(row: Any, values: dict[str, Any], version: int | None) -> dict[str, list[Any]]:
    """Write the values that differ and say which: {field: [before, after]}; nothing is written if none does.

    Raises Stale with theirs and yours. 1 query.
    """
    changes = {
        name: [_plain(getattr(row, name)), _plain(value)]
        for name, value in values.items()
        if getattr(row, name) != value
    }
    seen = row.version if version is None else version
    if not changes and seen == row.version:
        return {}
    model: type[Model] = type(row)
    wanted = {name: values[name] for name in changes}
    if seen != row.version or not model._default_manager.filter(pk=row.pk, version=seen).update(
        **wanted, version=F("version") + 1
    ):
        now: Any = model._default_manager.get(pk=row.pk)
        raise Stale(
            record=getattr(row, "kind", "workspace"),
            id=row.pk,
            version=now.version,
            theirs={name: _plain(getattr(now, name)) for name in values},
            yours={name: _plain(value) for name, value in values.items()},
        )
    for name, value in wanted.items():
        setattr(row, name, value)
    row.version = seen + 1
    return changes


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
