"""The one process is killed while visitors walk, and started again: they come back by themselves, to their own stop."""

import asyncio
import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from benchmarks.crowd import keep_stepping, tour_way
from tests.conftest import Fragile
from tests.test_browser import DESK, Visit

VISITORS = 60
EVERY = 2.0  # seconds between two steps of a visitor
# A hand that is quicker than any: it presses Next as soon as it can be pressed again.
PRESS_AT_ONCE = """() => new Promise((pressed) => {
  const look = () => {
    const next = [...document.querySelectorAll("#root button")].find((each) => /^Next/.test(each.textContent.trim()));
    if (!next || next.disabled) return false;
    next.click();
    pressed();
    return true;
  };
  if (!look()) {
    const seen = new MutationObserver(() => look() && seen.disconnect());
    seen.observe(document.body, { attributes: true, childList: true, subtree: true });
  }
})"""


@pytest.fixture(scope="module")
def fragile():
    with ExitStack() as running:
        yield Fragile(running)


def test_all_who_walk_come_back_to_their_own_stop_and_go_on(fragile, exhibition):
    async def disturb():
        await asyncio.sleep(2 * EVERY)
        await asyncio.to_thread(fragile.kill)
        await asyncio.to_thread(fragile.start)

    async def walk():
        visits = keep_stepping(fragile.address, tour_way(exhibition), VISITORS, EVERY, 3 * EVERY, seed=1943)
        return (await asyncio.gather(visits, disturb()))[0]

    tally = asyncio.run(walk())
    assert tally.faults == {}
    assert len(tally.returns) == VISITORS
    assert len(tally.steps) > VISITORS


def test_a_page_comes_back_to_its_stop_and_a_press_at_once_is_not_lost(browser, fragile, exhibition):
    first, second, third = exhibition.stops[3:6]
    visit = Visit(browser, fragile.address, DESK)
    page = visit.open(f"?stop={first.slug}")
    page.get_by_role("button", name="Next").click()
    visit.at(second)
    page.evaluate("window.wasHere = true")

    fragile.kill()
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    expect(page.get_by_role("heading", level=1)).to_have_text(second.title)
    expect(page).to_have_url(re.compile(rf"stop={second.slug}"))
    fragile.start()
    page.evaluate(PRESS_AT_ONCE)

    visit.at(third)
    assert page.evaluate("window.wasHere")
    visit.context.close()
