"""The joined stylesheet."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import FileSystemStorage

from archive.ops import static_files

LIST = """
/* A comment: url("nothing.png") @import. */
@layer guard, base, pages;
@import url("guard.css") layer(guard);
@import url("base/fonts.css") layer(base);
@import url("pages/print.css") layer(pages) print;
"""


@pytest.fixture
def source(tmp_path: Path) -> FileSystemStorage:
    files = {
        "css/archive.css": LIST,
        "css/guard.css": ".a::before { content: '/* kept */'; }",
        "css/base/fonts.css": "/* gone */ @font-face { src: url('../../fonts/book.woff2'); }",
        "css/pages/print.css": "nav { background: url(data:image/gif;base64,AA==) url(bar.svg); }",
        "css/pages/bar.svg": "<svg/>",
        "fonts/book.woff2": "font",
    }
    for name, text in files.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return FileSystemStorage(location=tmp_path / "source")


def test_each_import_becomes_a_layer_in_its_place(source: FileSystemStorage) -> None:
    stylesheet = static_files.joined(source, "css/archive.css")

    assert [" ".join(part.split()) for part in stylesheet.split("@layer ")] == [
        "",
        "guard, base, pages;",
        "guard { .a::before { content: '/* kept */'; } }",
        'base { @font-face { src: url("../fonts/book.woff2"); } }',
        'pages { @media print { nav { background: url(data:image/gif;base64,AA==) url("pages/bar.svg"); } } }',
    ]


@pytest.mark.parametrize("wrong", ['@import "x.css";', '@import url("guard.css");'])
def test_an_import_without_a_layer_is_refused(source: FileSystemStorage, wrong: str) -> None:
    Path(source.path("css/archive.css")).write_text(wrong)

    with pytest.raises(static_files.CannotJoin):
        static_files.joined(source, "css/archive.css")


def test_an_import_within_an_imported_file_is_refused(source: FileSystemStorage) -> None:
    Path(source.path("css/guard.css")).write_text('@import url("more.css") layer(guard);')

    with pytest.raises(static_files.CannotJoin, match=r"css/guard\.css"):
        static_files.joined(source, "css/archive.css")


def test_the_collected_stylesheet_is_one_file_with_hashed_addresses(source: FileSystemStorage, tmp_path: Path) -> None:
    collected = static_files.ArchiveStaticFilesStorage(location=tmp_path / "collected", base_url="/static/")
    paths = {name: (source, name) for name in ["css/archive.css", "css/pages/bar.svg", "fonts/book.woff2"]}
    for name in paths:
        with source.open(name) as file:
            collected.save(name, file)

    results = list(collected.post_process(paths))

    stylesheet = Path(collected.path(collected.stored_name("css/archive.css"))).read_text()
    font = collected.stored_name("fonts/book.woff2")
    assert [failure for *_, failure in results if isinstance(failure, Exception)] == []
    assert "@import" not in stylesheet
    assert f'url("../{font}")' in stylesheet
    assert f'url("pages/{Path(collected.stored_name("css/pages/bar.svg")).name}")' in stylesheet


def test_the_archive_s_own_stylesheet_can_be_joined() -> None:
    [(storage, path)] = [
        (storage, path) for finder in get_finders() for path, storage in finder.list([]) if path == static_files.STYLESHEET
    ]

    stylesheet = static_files.joined(storage, path)

    assert "@layer guard {" in stylesheet


def test_the_archive_s_own_scripts_import_each_other_in_few_enough_storeys(tmp_path: Path) -> None:
    files = {name: (storage, name) for finder in get_finders() for name, storage in finder.list([])}
    own = {name: found for name, found in files.items() if name.startswith(("js/", "vendor/"))}
    storage = static_files.ArchiveStaticFilesStorage(location=tmp_path, base_url="/static/")
    for name, (source, path) in own.items():
        with source.open(path) as file:
            storage.save(name, file)

    results = list(storage.post_process({name: (storage, name) for name in own}))

    assert [failure for *_, failure in results if isinstance(failure, Exception)] == []
    assert "js/archive.js" in [name for name, *_ in results]
