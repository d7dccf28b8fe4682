"""Secrets at rest: what is kept sealed can be read with this installation's secret key only."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(ValueError):
    """Sealed under another secret key, or damaged."""


def seal(text: str) -> str:
    return _lock().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises Unreadable."""
    try:
        return _lock().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable("sealed under another secret key") from None


def _lock() -> Fernet:
    # The name is older than its second use; another would make every second factor unreadable.
    key = hashlib.sha256(b"dawra.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
