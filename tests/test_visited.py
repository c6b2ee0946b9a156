"""What a visitor asks for and keeps: ticks, words found, the way from here, a class's link."""

import re
from urllib.parse import quote, urlencode

from playwright.sync_api import expect

COUNCIL_HOUSE = {"latitude": 52.4074, "longitude": -1.5065}


TICKED = """() => [...document.querySelectorAll("#root .tour-stop-list a")]
  .filter((link) => getComputedStyle(link, "::after").content.includes("✓"))
  .map((link) => link.dataset.stop).join()"""


def has_ticked(page, *slugs: str) -> None:
    """Exactly these stops of the list have a tick, in its order."""
    page.wait_for_function(f"slugs => ({TICKED})() === slugs", arg=",".join(slugs))


def visits(visit, slug: str, query: str = "") -> None:
    """Be at a stop until the browser has noted it."""
    page = visit.open(f"?stop={slug}{query}")
    page.wait_for_function("slug => (localStorage.getItem('tour-visited') ?? '').includes(slug)", arg=slug)


def test_stops_that_were_visited_are_ticked_and_stay_so(visit):
    visits(visit, "broadgate")
    visits(visit, "herbert", "&lang=ru")
    visit.page.get_by_role("button", name="Дальше").click()
    expect(visit.page.get_by_role("heading", level=1, name="Руины собора")).to_be_focused()

    page = visit.open("?view=stops")

    has_ticked(page, "herbert", "cathedral-ruins", "broadgate")


def test_start_again_forgets_them(visit):
    visits(visit, "broadgate")
    page = visit.open("?view=stops")

    page.get_by_role("button", name="Start again").click()

    has_ticked(page)
    assert page.evaluate("localStorage.getItem('tour-visited')") is None


def test_a_tick_is_said_and_a_stop_not_visited_is_not(visit):
    visits(visit, "broadgate")
    page = visit.open("?view=stops")

    expect(page.get_by_role("link", name="7 Broadgate and the Levelling Stone visited")).to_be_visible()
    expect(page.get_by_role("link", name="6 The Volgograd Memorial", exact=True)).to_be_visible()


def test_what_another_page_left_in_the_browser_does_no_harm(visit):
    visit.context.add_init_script("localStorage.setItem('tour-visited', '{\"a\": [')")

    page = visit.open("?stop=broadgate")

    expect(page.get_by_role("heading", level=1)).to_have_text("Broadgate and the Levelling Stone")
    assert visit.errors == []


def test_a_browser_that_keeps_nothing_shows_the_tour_all_the_same(visit):
    visit.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )

    page = visit.open("?stop=broadgate")

    expect(page.get_by_role("heading", level=1)).to_have_text("Broadgate and the Levelling Stone")


def test_words_are_found_in_either_language_and_marked(visit):
    page = visit.open("?view=find&lang=ru")

    page.get_by_role("searchbox").fill("sixpence")
    page.get_by_role("searchbox").press("Enter")

    expect(page.get_by_role("heading", level=2, name="sixpence")).to_be_focused()
    expect(page.get_by_role("mark").first).to_have_text(re.compile("^sixpences?$"))
    expect(page).to_have_url(re.compile("words=sixpence.*lang=ru|lang=ru.*words=sixpence"))


def test_nothing_found_says_so_and_offers_the_list(visit):
    page = visit.open("?view=find&words=xylophone")

    expect(page.get_by_role("heading", level=2, name="No stop has these words")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="All stops are in this list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All stops")


def test_hostile_words_are_words(visit):
    page = visit.open("?view=find")
    for words in ("<script>boo = 1</script>", "%00\x00", "x" * 5000, "\u202e", "${seven}{{seven}}"):
        box = page.get_by_role("searchbox")
        box.evaluate("(box, words) => { box.removeAttribute('maxlength'); box.value = words }", words)

        box.press("Enter")

        expect(page).to_have_url(re.compile(re.escape(urlencode({"words": words[:5]}, quote_via=quote))))
        expect(page.get_by_role("heading", level=2)).to_be_visible()
        assert page.evaluate("typeof boo") == "undefined"
        assert visit.errors == []


def test_where_am_i_answers_to_a_tap_alone(visit):
    visit.context.grant_permissions(["geolocation"])
    visit.context.set_geolocation(
        {"latitude": COUNCIL_HOUSE["latitude"] + 0.01, "longitude": COUNCIL_HOUSE["longitude"]}
    )
    count_requests = """() => {
      const real = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
      window.positionRequests = 0;
      navigator.geolocation.getCurrentPosition = (...args) => { window.positionRequests += 1; real(...args); };
    }"""
    visit.context.add_init_script(f"({count_requests})()")
    page = visit.open("?stop=council-house")
    assert page.evaluate("positionRequests") == 0

    page.get_by_role("button", name="Where am I?").click()

    # A hundredth of a degree of latitude is 1.1 km.
    expect(page.get_by_text(re.compile(r"You are about 1\.1 km away"))).to_be_visible()
    assert page.evaluate("positionRequests") == 1


def test_a_visitor_who_shares_no_location_gets_a_friendly_message(visit):
    page = visit.open("?stop=council-house&lang=ru")

    page.get_by_role("button", name="Где я?").click()

    expect(page.get_by_role("status").filter(has_text="браузер")).to_be_visible()


def test_a_stop_opens_in_the_visitors_own_map(visit):
    page = visit.open("?stop=council-house")

    link = page.get_by_role("link", name="Open in my map app")

    expect(link).to_have_attribute("href", re.compile(r"^geo:52\.40\d+,-1\.50\d+\?q=52\.40\d+,-1\.50\d+$"))


def test_a_stop_far_away_says_where_it_is_to_whoever_stands_there(visit):
    page = visit.open("?stop=mamayev-kurgan")

    expect(page.get_by_role("button", name="Where am I?")).to_be_visible()


def test_a_class_gets_the_link_of_the_stop_that_its_teacher_chose(visit, exhibition):
    page = visit.open("?view=lesson")

    page.get_by_role("combobox", name="Stop").select_option(label="16. Gerhardt’s Mill")
    page.get_by_role("link", name=re.compile("stop=gerhardts-mill")).click()

    visit.at(exhibition.stop("gerhardts-mill"))


def test_the_link_is_copied(visit):
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("?view=lesson")
    page.get_by_role("combobox", name="Stop").select_option(label="16. Gerhardt’s Mill")

    page.get_by_role("button", name="Copy the link").click()

    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{visit.site}/?stop=gerhardts-mill&lang=en"
