import pytest

from tests.browser.conftest import NO_BROWSER, chromium


@pytest.fixture(autouse=True)
def without_chromium(monkeypatch, tmp_path):
    """A machine with no Chromium on its path."""
    monkeypatch.setenv("PATH", str(tmp_path))


def test_without_chromium_the_browser_tests_are_skipped(monkeypatch):
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match="There is no Chromium") as skipped:
        chromium()

    assert skipped.value.msg == NO_BROWSER


def test_in_ci_a_missing_chromium_is_a_failure(monkeypatch):
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="There is no Chromium"):
        chromium()
