"""The site's secret: made on the first start, kept in the data folder for its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from essaim.errors import ConfigurationError

FILE_NAME = "secret-key"


def read_or_make_secret_key(home: Path) -> str:
    """Return the secret kept in `home`, making it on the first start.

    Server and worker may start at the same instant: the file is written whole under another name and then linked, so
    that both read the same secret and neither reads half of it.

    Raises:
        ConfigurationError: the folder cannot be written or the file cannot be read.
    """
    file = home / FILE_NAME
    try:
        if not file.exists():
            _make(file)
        secret = file.read_text("ascii").strip()
    except OSError as error:
        raise ConfigurationError(
            "the secret key cannot be kept",
            where=str(file),
            found=str(error),
            next_step="Let ESSAIM_HOME be a folder you may write",
        ) from error
    if len(secret) < 50:
        raise ConfigurationError("the secret key is too short", where=str(file), next_step="Remove the file; a new one is made")
    return secret


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{FILE_NAME}-{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(secrets.token_urlsafe(64) + "\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass  # another process was first: its secret holds
    finally:
        draft.unlink()
