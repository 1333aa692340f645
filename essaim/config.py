"""The one frozen configuration: read in one place from ESSAIM_* variables or one TOML file."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from essaim.errors import ConfigurationError

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Configuration:
    """Every setting, with what it is when nobody sets it.

    Attributes:
        home: the data folder: database, uploads, snapshots, releases, sources made by people.
        base_url: base of machine addresses (`/id/...`), without a final slash.
        host: the address the server listens on.
        port: the port the server listens on.
        database_url: `sqlite` (a file in `home`) or `postgresql://user:password@host:port/name`.
        installation: short name of this installation, part of the source `people_<installation>`.
        is_debug: True shows tracebacks in pages; never in production.
        allowed_hosts: host names the site answers to, separated by commas.
        offline: True forbids every request to the network.
        smtp_host: mail server; empty prints letters on the terminal of the worker instead of sending them.
        smtp_port: port of the mail server.
        smtp_user: name to sign in to the mail server with; empty to not sign in.
        smtp_password: password of that name.
        smtp_security: `starttls`, `tls` or `none`.
        mail_from: sender of every letter, `Essaim <essaim@example.org>`.
        clamav: where ClamAV's clamd listens: `host:port` or the path of its socket; empty holds uploads as unscanned.
        upload_max_mb: largest upload, in megabytes.
        log_format: `text` for people, `json` for one JSON object a line, requests included.
        proxies: how many proxies stand in front; the visitor's address is read from what they pass on.
    """

    home: Path
    base_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str = "sqlite"
    installation: str = "local"
    is_debug: bool = False
    allowed_hosts: str = "127.0.0.1,localhost,[::1]"
    offline: bool = False
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_security: str = "starttls"
    mail_from: str = "Essaim <essaim@localhost>"
    clamav: str = ""
    upload_max_mb: int = 25
    log_format: str = "text"
    proxies: int = 0

    @property
    def releases(self) -> Path:
        """Folder of the releases, with the link `current`."""
        return self.home / "releases"

    @property
    def snapshots(self) -> Path:
        """Folder of the gathered bytes, one folder a source."""
        return self.home / "snapshots"

    @property
    def people(self) -> Path:
        """Folder into which the database's public and decided content is exported for the pipeline."""
        return self.home / "people"

    @property
    def own_sources(self) -> Path:
        """Folder of the sources made by people on this installation (YAML only)."""
        return self.home / "sources"

    @property
    def uploads(self) -> Path:
        """Folder of the files that people brought, by hash of their bytes; outside of everything that is served."""
        return self.home / "uploads"

    @property
    def site_index(self) -> Path:
        """Folder of the search index over the database's kinds."""
        return self.home / "site-index"


def default_home() -> Path:
    """Return `var/` in a checkout, the platform's data folder when installed."""
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "var"
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "essaim"


def read_configuration(environment: Mapping[str, str]) -> Configuration:
    """Build the configuration from an environment and, if named or present, one TOML file.

    Args:
        environment: usually `os.environ`; `ESSAIM_CONFIG` names the TOML file (default `$ESSAIM_HOME/essaim.toml`).

    Raises:
        ConfigurationError: one error that lists every fault found.
    """
    home = Path(environment.get("ESSAIM_HOME") or default_home()).expanduser().absolute()
    file = Path(environment.get("ESSAIM_CONFIG") or home / "essaim.toml")
    faults: list[str] = []
    values: dict[str, Any] = {}
    known = {one.name: one.type for one in fields(Configuration)}
    if file.exists():
        try:
            written = tomllib.loads(file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            written = {}
            faults.append(f"{file} is not TOML ({error})")
        for name, value in written.items():
            if name not in known:
                faults.append(f"{file}: unknown setting {name!r} (known: {', '.join(known)})")
            else:
                values[name] = value
    elif "ESSAIM_CONFIG" in environment:
        faults.append(f"ESSAIM_CONFIG names {file}, which does not exist")
    for name in known:
        variable = "ESSAIM_DEBUG" if name == "is_debug" else f"ESSAIM_{name.upper()}"
        if variable in environment and name != "home":
            values[name] = environment[variable]
    for name, kind in known.items():
        if name in values and kind in ("int", "bool"):
            try:
                values[name] = _read_int(values[name]) if kind == "int" else _read_bool(values[name])
            except ValueError as error:
                faults.append(f"{name}: {error}")
                del values[name]
    values["home"] = Path(values.get("home", home)).expanduser().absolute()
    url = values.get("base_url", "")
    if url and urlsplit(url).scheme not in ("http", "https"):
        faults.append(f"base_url {url!r} is not an http(s) address")
    values["base_url"] = url.rstrip("/") or f"http://127.0.0.1:{values.get('port', 8000)}"
    database = str(values.get("database_url", "sqlite"))
    if database != "sqlite" and urlsplit(database).scheme not in ("postgresql", "postgres"):
        faults.append("database_url is neither 'sqlite' nor a postgresql:// address")
    faults += _faults_of_mail(values)
    if values.get("upload_max_mb", 1) < 1:
        faults.append("upload_max_mb is less than 1")
    if (log_format := values.get("log_format", "text")) not in ("text", "json"):
        faults.append(f"log_format {log_format!r} is neither 'text' nor 'json'")
    if values.get("proxies", 0) < 0:
        faults.append("proxies is less than 0")
    if faults:
        raise ConfigurationError("the configuration has faults: " + "; ".join(faults), next_step="Mend them and try again")
    return Configuration(**values)


def _faults_of_mail(values: Mapping[str, Any]) -> list[str]:
    security, sender = values.get("smtp_security", "starttls"), str(values.get("mail_from", "a@b"))
    faults = []
    if security not in ("starttls", "tls", "none"):
        faults.append(f"smtp_security {security!r} is neither starttls, tls nor none")
    if "@" not in parseaddr(sender)[1]:
        faults.append(f"mail_from {sender!r} holds no address")
    return faults


def _read_int(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise ValueError(f"{value!r} is not a whole number") from None


def _read_bool(value: object) -> bool:
    word = str(value).strip().lower()
    if word in ("1", "true", "yes", "on"):
        return True
    if word in ("0", "false", "no", "off", ""):
        return False
    raise ValueError(f"{value!r} is neither yes nor no")


@lru_cache(maxsize=1)
def configuration() -> Configuration:
    """Return the configuration of this process, read once."""
    return read_configuration(os.environ)
