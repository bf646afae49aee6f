"""Reading without a network: a real service worker, and a server that really stops."""

import socket
from contextlib import suppress

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from archive.tags.models import Tag
from archive.works import deleting
from archive.works.models import Work
from tests.browser import steps
from tests.factories.people import UserFactory
from tests.factories.works import make_work

pytestmark = pytest.mark.browser
CANARY = "zqxcanaryzqx"
WARNED = {"rating": "Explicit", "warnings": ("Major Character Death",)}
STORED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const kept = await cache.match(request, { ignoreVary: true });
      found[new URL(request.url).pathname] = await kept.text();
    }
  }
  return found;
}"""


# The pictures that the page is drawn with, its own and those of its stylesheet, without the ones that are stored.
NOT_STORED = """async () => {
  const drawn = new Set([...document.images].map(({ src }) => src));
  for (const element of document.querySelectorAll("*")) {
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (part && style.content === "none") continue;
      for (const [, address] of `${style.maskImage} ${style.backgroundImage}`.matchAll(/url\\("([^"]+)"\\)/g)) drawn.add(address);
    }
  }
  const stored = await Promise.all([...drawn].map((address) => caches.match(address, { ignoreVary: true })));
  return [...drawn].filter((address, place) => !address.startsWith("data:") && !stored[place]);
}"""


class StoppingServer(LiveServer):
    """A server that can be stopped for good: what browsers hold open to it is closed, too."""

    def __init__(self):
        super().__init__("localhost")
        self.open = []
        take = self.thread.httpd.get_request

        def remember():
            taken, address = take()
            self.open.append(taken)
            return taken, address

        self.thread.httpd.get_request = remember

    def stop(self):
        super().stop()
        for one in self.open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def live_server(transactional_db):
    """A server of the test's own, since it is stopped within."""
    server = StoppingServer()
    yield server
    server.stop()


def forgive_what_cannot_be_reached(context):
    """Take what a browser says of a stopped server out of its faults."""
    context.watch.faults[:] = [fault for fault in context.watch.faults if "net::ERR_CONNECTION" not in fault]


@pytest.fixture
def work():
    """A work that asks for consent."""
    return make_work(title="Tide", text=f"<p>The {CANARY} sings in the lamp room.</p>", summary="Ines waits.", **WARNED)


def keep(page, work):
    """Keep a work, its advisory met."""
    page.goto(work.get_absolute_url())
    page.get_by_role("button", name="Keep for offline").click()
    expect(page.get_by_text("Kept on this device, with its advisory.")).to_be_visible()


def kept_paths(page):
    return sorted(path for path in page.evaluate(STORED) if path.startswith("/works/"))


def parts(work):
    return sorted(f"{work.get_absolute_url()}/offline{name}" for name in ("", "/about", "/text"))


def test_a_kept_work_is_set_as_its_reader_wants_texts_now(open_context, live_server):
    work = make_work(title="Tide")
    page = open_context().new_page()
    keep(page, work)
    page.goto("/preferences/reading")
    for name in ("160%", "Sepia"):
        with page.expect_response("**/preferences/reading"):
            page.get_by_role("radio", name=name, exact=True).check()
    page.goto("/works")
    live_server.stop()

    for path in (f"{work.get_absolute_url()}", f"{work.get_absolute_url()}/offline/text", "/offline"):
        page.goto(path)
        expect(page.locator("html[data-size='160'][data-theme=sepia]")).to_have_count(1)
    forgive_what_cannot_be_reached(page.context)


def test_a_kept_work_is_read_behind_its_advisory_when_the_server_is_gone(open_context, live_server, work):
    other = make_work(title="Not Kept", text=f"<p>The {CANARY} is elsewhere, too.</p>", **WARNED)
    context = open_context()
    page = context.new_page()
    page.goto(work.get_absolute_url())
    steps.agree(page)
    keep(page, work)

    live_server.stop()
    page.goto(work.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Tide")
    expect(page.get_by_text("Major Character Death")).to_be_visible()
    before = page.content()
    page.get_by_role("link", name="Go on to the text").click()
    expect(page.get_by_text(CANARY)).to_be_visible()
    page.goto(other.get_absolute_url())

    expect(page.get_by_text("The archive cannot be reached now")).to_be_visible()
    expect(page.get_by_role("link", name="Tide")).to_have_attribute("href", f"/works/{work.pk}/offline")
    assert CANARY not in before
    forgive_what_cannot_be_reached(context)


def test_what_a_kept_page_is_drawn_with_is_kept_too(open_context, live_server):
    context = open_context()
    page, work = context.new_page(), make_work(title="Tide", text=f"<p>The {CANARY} sings.</p><hr><p>It ends.</p>", **WARNED)
    page.goto(work.get_absolute_url())
    steps.agree(page)
    keep(page, work)

    live_server.stop()
    missing = []
    for address in (f"/works/{work.pk}/offline", f"/works/{work.pk}/offline/text", "/offline"):
        page.goto(address)
        missing += page.evaluate(NOT_STORED)

    assert missing == []
    forgive_what_cannot_be_reached(context)


def test_a_browser_that_asks_whether_a_site_may_store_for_long_keeps_a_work_before_the_answer(open_context):
    page, work = open_context().new_page(), make_work(title="Tide")
    page.add_init_script("StorageManager.prototype.persist = () => new Promise(() => {});")  # as Firefox until it is answered

    keep(page, work)


def test_nothing_private_and_no_unmet_text_is_kept(open_context, log_in, work):
    context = open_context()
    log_in(context, UserFactory(username="zqxreaderzqx"))
    page = context.new_page()
    unmet = make_work(title="Unmet", text="<p>The zqxunmetzqx was never agreed to.</p>", **WARNED)
    page.goto(work.get_absolute_url())
    steps.agree(page)
    keep(page, work)
    for address in (unmet.get_absolute_url(), "/", "/preferences", "/offline"):
        page.goto(address)
    stored = page.evaluate(STORED)

    assert sorted(path for path in stored if path.startswith("/works/")) == parts(work)
    assert [path for path, text in stored.items() if "zqxreaderzqx" in text or "csrfmiddlewaretoken" in text] == []
    assert [path for path, text in stored.items() if CANARY in text] == [f"{work.get_absolute_url()}/offline/text"]
    assert [path for path, text in stored.items() if "zqxunmetzqx" in text] == []


def test_logging_out_drops_what_is_for_members_alone(open_context, log_in, work):
    context = open_context()
    log_in(context, UserFactory(username="heron"))
    page = context.new_page()
    locked = make_work(title="Locked", is_restricted=True)
    page.goto(work.get_absolute_url())
    steps.agree(page)
    for one in (work, locked):
        keep(page, one)
    before = kept_paths(page)

    page.goto("/users/logout")
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()

    assert before == sorted(parts(work) + parts(locked))
    page.wait_for_function(f"async () => !(await (await caches.open('kept-works')).match('/works/{locked.pk}/offline'))")
    assert kept_paths(page) == parts(work)


def lock(work):
    Work.objects.filter(pk=work.pk).update(is_restricted=True)


def delete(work):
    deleting.delete(work, by=work.pseuds.get().user)


@pytest.mark.parametrize("take_away", [delete, lock])
def test_what_its_author_takes_away_is_dropped_and_told(open_context, take_away):
    context = open_context()
    context.watch.expect(404)
    page, work = context.new_page(), make_work(title="Tide")
    keep(page, work)
    take_away(work)

    page.goto("/offline")

    expect(page.get_by_text("No longer in the archive for you, and so no longer kept: Tide")).to_be_visible()
    assert kept_paths(page) == []


def test_what_is_kept_is_listed_and_can_be_deleted(open_context, work):
    page = open_context().new_page()
    page.goto(work.get_absolute_url())
    steps.agree(page)
    keep(page, work)

    page.get_by_role("link", name="All that is kept").click()
    row = page.get_by_role("listitem")
    expect(row).to_contain_text("Explicit · Major Character Death")
    expect(row).to_contain_text("This is the newest version.")
    expect(page.get_by_role("main").locator(".flash:visible")).to_have_count(0)
    row.get_by_role("button", name="Delete").click()

    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()
    assert kept_paths(page) == []


def test_an_added_warning_stands_before_the_words_that_were_kept_without_it(open_context, live_server):
    context = open_context()
    page, work = context.new_page(), make_work(title="Tide", text=f"<p>The {CANARY} sings in the lamp room.</p>")
    keep(page, work)
    added = Tag.objects.get(name="Graphic Depictions Of Violence")
    work.taggings.filter(tag__code="warning-no").update(tag=added)

    page.goto("/offline")
    expect(page.get_by_text("There is a newer version. Open it in the archive once")).to_be_visible()
    live_server.stop()
    page.goto(work.get_absolute_url())

    expect(page.get_by_text("Graphic Depictions Of Violence")).to_be_visible()
    assert CANARY not in page.content()
    forgive_what_cannot_be_reached(context)


def test_a_device_without_room_gets_a_sentence_and_keeps_nothing_of_the_work(open_context):
    page, work = open_context().new_page(), make_work(title="Tide")
    page.add_init_script("""
        const put = Cache.prototype.put;
        Cache.prototype.put = function (address, answer) {
          if (String(address).endsWith("/text")) throw new DOMException("full", "QuotaExceededError");
          return put.call(this, address, answer);
        };
    """)

    page.goto(work.get_absolute_url())
    page.get_by_role("button", name="Keep for offline").click()

    expect(page.get_by_text("There is no room for it on this device.")).to_be_visible()
    assert kept_paths(page) == []


def test_where_no_worker_may_be_nothing_stays(open_context):
    page, work = open_context().new_page(), make_work(title="Tide")
    page.add_init_script("ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('', 'SecurityError'));")

    page.goto(work.get_absolute_url())
    page.get_by_role("button", name="Keep for offline").click()

    expect(page.get_by_text("It could not be kept.")).to_be_visible()
    assert kept_paths(page) == []


def test_nothing_is_registered_before_somebody_keeps_a_work(open_context):
    page, work = open_context().new_page(), make_work()
    page.goto(work.get_absolute_url())
    expect(page.get_by_role("button", name="Keep for offline")).to_be_visible()

    assert page.evaluate("async () => [(await navigator.serviceWorker.getRegistrations()).length, await caches.keys()]") == [0, []]


def away(_environ, start_response):
    """Answer what a proxy says while the archive behind it is stopped."""
    start_response("502 Bad Gateway", [("Content-Type", "text/plain")])
    return [b"away"]


def test_a_kept_work_is_read_where_a_proxy_says_that_the_archive_is_away(open_context, live_server):
    context = open_context()
    context.watch.expect(502)
    page, work = context.new_page(), make_work(title="Tide")
    keep(page, work)
    live_server.thread.httpd.set_app(away)

    page.goto(work.get_absolute_url())
    expect(page.get_by_role("link", name="Go on to the text")).to_be_visible()
    sheet = "() => fetch(document.querySelector('link[rel=stylesheet]').href, { cache: 'reload' }).then(({ status }) => status)"

    assert (page.evaluate(sheet), page.goto("/about").status) == (200, 502)


def test_the_archive_is_asked_once_an_hour_however_often_the_worker_begins_anew(open_context):
    context = open_context()
    context.watch.expect(404)
    page, works = context.new_page(), [make_work(title=title) for title in ("Tide", "Ebb")]
    for work in works:
        keep(page, work)
    page.goto("/about")
    page.wait_for_function("async () => (await (await caches.open('kept-works')).match('/offline/looked'))")
    for work in works:
        delete(work)
    tools = context.new_cdp_session(page)
    tools.send("ServiceWorker.enable")
    tools.send("ServiceWorker.stopAllWorkers")

    page.goto("/policy")
    page.goto(works[0].get_absolute_url())
    page.wait_for_function(f"async () => !(await (await caches.open('kept-works')).match('/works/{works[0].pk}/offline'))")
    still = kept_paths(page)
    page.evaluate("async () => (await caches.open('kept-works')).put('/offline/looked', Response.json(0))")
    page.goto("/policy")
    page.wait_for_function(f"async () => !(await (await caches.open('kept-works')).match('/works/{works[1].pk}/offline'))")

    assert (still, kept_paths(page)) == (parts(works[1]), [])
