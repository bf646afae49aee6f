"""Imports between slices point down, and every slice has its place."""

import tomllib

from importlinter.cli import lint_imports

from tests.house.sources import ARCHIVE, ROOT

NO_SLICES = {"migrations", "management", "templatetags"}  # Django's own folders; they are nobody's subject


def test_imports_between_slices_point_down(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))

    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)

    assert broken == 0, capsys.readouterr().out


def test_every_slice_is_among_the_layers():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(one["layers"] for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    named = {slice_.strip() for layer in layers for slice_ in layer.replace(":", "|").split("|")}
    folders = {path.parent.name for path in ARCHIVE.glob("*/__init__.py")}

    assert {f"archive.{name}" for name in folders - NO_SLICES} == named
