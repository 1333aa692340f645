"""What a folder that holds no usable secret is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from essaim.errors import ConfigurationError
from essaim.web.secret_key import read_or_make_secret_key


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("I am a file")
    with pytest.raises(ConfigurationError, match="secret key cannot be kept"):
        read_or_make_secret_key(tmp_path / "home")


def test_an_emptied_secret_is_told_and_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("\n")
    with pytest.raises(ConfigurationError, match="too short"):
        read_or_make_secret_key(tmp_path)
