"""Static files as browsers get them: hashed names, compressed once, and one stylesheet instead of a list of imports."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/archive.css"

IMPORT = re.compile(r"""@import\s+url\(\s*["']?(?P<url>[^"')]+?)["']?\s*\)\s+layer\((?P<layer>[\w.-]+)\)(?P<media>[^;]*);""")
ANY_IMPORT = re.compile(r"@import\b")
ADDRESS = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<url>[^"')]+?)(?P=quote)\s*\)""")
ELSEWHERE = re.compile(r"^(?:[a-zA-Z][\w+.-]*:|/|#)")
TEXT_OR_COMMENT = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|/\*(?!!).*?\*/""", re.DOTALL)


class CannotJoin(ValueError):
    """A stylesheet imports in a way that cannot be joined without changing what it means."""


def without_comments(css: str) -> str:
    """Answer the stylesheet without its comments, but for those of licences (`/*!`)."""
    return TEXT_OR_COMMENT.sub(lambda found: "" if found[0].startswith("/*") else found[0], css)


def moved(css: str, folder: str) -> str:
    """Answer the stylesheet with its relative addresses as seen from the folder above `folder`."""

    def address(found: re.Match[str]) -> str:
        url = found["url"].strip()
        return found[0] if ELSEWHERE.match(url) else f'url("{posixpath.normpath(posixpath.join(folder, url))}")'

    return ADDRESS.sub(address, css)


def joined(storage: Storage, name: str) -> str:
    """Answer the stylesheet `name` with each `@import url(…) layer(…)` replaced by what it imports, in that layer.

    Raises CannotJoin for an import without a layer, and for one within an imported file.
    """

    def imported(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), found["url"]))
        css = without_comments(_read(storage, path)).strip()
        if ANY_IMPORT.search(css):
            raise CannotJoin(f"{path} imports another file; only {name} may import.")
        css = moved(css, posixpath.dirname(found["url"]))
        media = found["media"].strip()
        if media:
            css = f"@media {media} {{\n{css}\n}}"
        return f"@layer {found['layer']} {{\n{css}\n}}"

    whole = IMPORT.sub(imported, without_comments(_read(storage, name)))
    if ANY_IMPORT.search(whole):
        raise CannotJoin(f'{name} has an import that is not written as @import url("…") layer(…);')
    return whole.strip() + "\n"


def _read(storage: Storage, path: str) -> str:
    with storage.open(path) as file:
        return bytes(file.read()).decode()


class Joining(Storage):
    """A storage in front of another that hands out stylesheets joined."""

    def __init__(self, source: Storage) -> None:
        """Stand in front of `source`."""
        self.source = source

    def _open(self, name: str, mode: str = "rb") -> ContentFile[bytes]:  # noqa: ARG002 # Django asks for it
        return ContentFile(joined(self.source, name).encode(), name=name)


class ArchiveStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # WhiteNoise brings no types for it
    """WhiteNoise's storage that also follows imports between modules and joins the stylesheet.

    In development the imports are served as they are written, so that a browser's tools name the right file.
    """

    support_js_module_import_aggregation = True
    # A file's hash needs those of what it imports: one pass for each storey of a chain of imports, and one to see that it is done.
    max_post_process_passes = 30

    def post_process(self, paths: Mapping[str, tuple[Storage, str]], **options: Any) -> Iterator[tuple[str, str | None, object]]:
        """Hash and compress the collected files, the stylesheet joined."""
        if STYLESHEET in paths:
            source, path = paths[STYLESHEET]
            paths = {**paths, STYLESHEET: (Joining(source), path)}
        yield from super().post_process(paths, **options)
