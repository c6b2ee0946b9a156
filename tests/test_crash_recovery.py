"""The one process is killed while visitors walk, and started again: they come back by themselves, to their own stop."""

import asyncio
import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from benchmarks.load_generator import step_at_intervals, tour_scenario
from tests.browser import DESKTOP, Visit
from tests.conftest import RestartableServer

pytestmark = pytest.mark.timed

VISITORS = 60
INTERVAL = 2.0  # seconds between two steps of a visitor
# Quicker than any visitor: presses Next as soon as it is enabled again.
PRESS_WHEN_ENABLED = """() => new Promise((pressed) => {
  const tryToPress = () => {
    const buttons = [...document.querySelectorAll("#root button")];
    const next = buttons.find((button) => /^Next/.test(button.textContent.trim()));
    if (!next || next.disabled) return false;
    next.click();
    pressed();
    return true;
  };
  if (!tryToPress()) {
    const observer = new MutationObserver(() => tryToPress() && observer.disconnect());
    observer.observe(document.body, { attributes: true, childList: true, subtree: true });
  }
})"""


@pytest.fixture(scope="module")
def server():
    with ExitStack() as running:
        yield RestartableServer(running)


def test_all_who_walk_come_back_to_their_own_stop_and_go_on(server, exhibition):
    async def disturb():
        await asyncio.sleep(2 * INTERVAL)
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)

    async def walk():
        visits = step_at_intervals(
            server.address, tour_scenario(exhibition), VISITORS, INTERVAL, 3 * INTERVAL, seed=1943
        )
        return (await asyncio.gather(visits, disturb()))[0]

    totals = asyncio.run(walk())
    assert totals.errors == {}
    assert len(totals.reconnect_times) == VISITORS
    assert len(totals.step_times) > VISITORS


def test_a_page_comes_back_to_its_stop_and_a_press_at_once_is_not_lost(browser, server, exhibition):
    first, second, third = exhibition.stops[3:6]
    visit = Visit(browser, server.address, DESKTOP)
    page = visit.open(f"?stop={first.slug}")
    page.get_by_role("button", name="Next").click()
    visit.at(second)
    page.evaluate("window.wasHere = true")

    server.kill()
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    expect(page.get_by_role("heading", level=1)).to_have_text(second.title)
    expect(page).to_have_url(re.compile(rf"stop={second.slug}"))
    server.start()
    page.evaluate(PRESS_WHEN_ENABLED)

    visit.at(third)
    assert page.evaluate("window.wasHere")
    visit.context.close()
