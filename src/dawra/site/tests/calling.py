"""A program that calls the API with a token of a member."""

import json
from typing import Any
from uuid import uuid4

from django.test import Client

from dawra.access.models import Token
from dawra.access.permissions import PERMISSIONS
from dawra.team.actors import hash_of
from dawra.team.models import Member
from tests.cast import NOW


class Caller:
    """A program with a token."""

    def __init__(self, member: Member, scopes: list[str] | None = None) -> None:
        secret = f"dw_{uuid4().hex}"
        Token.objects.create(
            name="program", member=member, prefix=secret[:8], secret_hash=hash_of(secret), created_at=NOW,
            scopes=sorted(PERMISSIONS) if scopes is None else scopes,
        )  # fmt: skip
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def send(self, path: str, files: Any) -> Any:
        """multipart/form-data: files by field."""
        return self.client.post(f"/api/v1{path}", files)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        return getattr(self.client, method)(f"/api/v1{path}", headers=headers, **sent)
