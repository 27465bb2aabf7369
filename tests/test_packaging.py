"""What a wheel or an editable install would hold."""

from __future__ import annotations

import tomllib

from tests.conftest import ROOT


def test_every_package_is_listed() -> None:
    """The packages of pyproject.toml are those of the tree: none is left out of a wheel."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    found = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for top in ("crawlers", "pipeline")
        for file in (ROOT / top).rglob("__init__.py")
    }
    data = set(settings["package-dir"])
    assert set(settings["packages"]) - data == found
    assert all((ROOT / folder).is_dir() for folder in settings["package-dir"].values())
