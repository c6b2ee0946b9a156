"""What a visitor can do with pictures and the map, in a real browser; and that the page stays still and readable."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, LANGUAGES, LAYOUT_SHIFT, PHONE, Visit, map_of
from tests.colours import contrast, palettes
from tests.conftest import slow

PROJECT_ROOT = Path(__file__).parent.parent
TILES = re.compile(r"https://tile\.openstreetmap\.org/")


@pytest.fixture
def desk(browser, site):
    visit = Visit(browser, site, DESKTOP)
    yield visit
    visit.context.close()


def test_the_lightbox_opens_turns_zooms_and_gives_focus_back(desk):
    page = desk.open("?stop=gerhardts-mill")
    picture = page.get_by_role("link", name=re.compile("^Enlarge: A five-storey mill")).first
    picture.focus()

    page.keyboard.press("Enter")
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    expect(box.get_by_role("img")).to_have_js_property("complete", True)
    narrow = box.get_by_role("img").bounding_box()["width"]
    page.keyboard.press("+")
    assert box.get_by_role("img").bounding_box()["width"] > narrow
    page.keyboard.press("Escape")

    expect(box).to_be_hidden()
    expect(picture).to_be_focused()
    expect(page).to_have_url(re.compile("stop=gerhardts-mill"))


def test_the_lightbox_goes_from_picture_to_picture(desk):
    page = desk.open("?view=gallery")
    page.get_by_role("link", name=re.compile("^Enlarge")).first.click()
    box = page.get_by_role("dialog")
    first = box.get_by_role("img").get_attribute("alt")

    box.get_by_role("button", name="Next picture").click()
    expect(box.get_by_role("img")).not_to_have_attribute("alt", first)
    page.keyboard.press("ArrowLeft")

    expect(box.get_by_role("img")).to_have_attribute("alt", first)


def test_then_and_now_moves_by_keys_and_does_not_step(desk):
    page = desk.open("?stop=broadgate")
    slider = page.get_by_role("slider")
    then = page.locator(".tour-comparison-then")
    slider.focus()

    page.keyboard.press("Home")
    expect(then).to_have_css("clip-path", re.compile(r"inset\(0px 100% 0px 0px\)|inset\(0px calc\(100%"))
    page.keyboard.press("End")
    expect(then).to_have_css("clip-path", re.compile(r"inset\(0px( 0%| 0px| calc\(0)"))
    page.keyboard.press("ArrowLeft")

    assert slider.input_value() == "99"
    desk_url = re.compile("stop=broadgate")
    expect(page).to_have_url(desk_url)


def test_the_close_view_leads_from_region_to_region(desk, exhibition):
    view = exhibition.stop("panorama-museum").detail_images[0]
    page = desk.open("?stop=panorama-museum")
    shown = page.get_by_role("heading", name=re.compile("^Look here: "))
    expect(shown).to_have_count(1)

    for region in [*view.regions[1:], view.regions[0]]:
        page.get_by_role("button", name="Look on").click()
        expect(shown).to_have_text(f"Look here: {region.title}")

    page.get_by_role("button", name="Look back").click()
    expect(shown).to_have_text(f"Look here: {view.regions[-1].title}")


def test_no_tile_is_requested_until_streets_are_turned_on(desk, exhibition):
    tile_requests = []
    desk.page.route(TILES, lambda route: (tile_requests.append(route.request.url), route.abort()))
    page = desk.open("?stop=cathedral-ruins")
    switch = map_of(page).get_by_role("checkbox", name="Streets")
    expect(switch).not_to_be_checked()
    assert tile_requests == []

    with page.expect_request(TILES):
        switch.check()


@pytest.mark.parametrize("answer", ["refused", *slow("missing", "slow")])
def test_a_tile_host_that_fails_leaves_the_drawn_map_and_the_walk(desk, exhibition, answer):
    delayed_routes = []

    def fate(route):
        if answer == "refused":
            route.abort()
        elif answer == "missing":
            route.fulfill(status=404)
        else:
            delayed_routes.append(route)

    desk.page.route(TILES, fate)
    page = desk.open("?stop=gerhardts-mill")

    map_of(page).get_by_role("checkbox", name="Streets").check()

    expect(map_of(page).locator("path.tour-water").first).to_be_attached()
    expect(map_of(page).locator("path.tour-route").first).to_be_attached()
    expect(map_of(page).get_by_role("button", name="16. Gerhardt’s Mill", exact=True)).to_be_visible()
    page.get_by_role("button", name="Next").click()
    desk.at(exhibition.stop("pavlovs-house"))
    for route in delayed_routes:
        route.abort()


def test_stops_that_lie_close_can_be_told_apart(desk):
    page = desk.open("?stop=panorama-museum")
    pins = map_of(page).locator(".tour-pin span")
    expect(pins.first).to_be_visible()
    for _ in range(3):
        map_of(page).get_by_role("button", name="Zoom out").click()

    # The pins step aside in the frame after the map has come to rest.
    expect(map_of(page).locator(".tour-displaced").first).to_be_attached()
    boxes = [pin.bounding_box() for pin in pins.all()]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    apart = [max(abs(x - p), abs(y - q)) for at, (x, y) in enumerate(middles) for p, q in middles[:at]]
    assert min(apart) >= 24


def test_the_story_has_its_place_before_the_map_has_arrived(browser, site, device):
    context = browser.new_context(**device, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/?stop=cathedral-ruins")
    heading = page.get_by_role("article").get_by_role("heading", level=2).first
    place = heading.bounding_box()

    # What has arrived of a page on its way ends where the map would begin.
    page.route(f"{site}/**", lambda route: _cut_short(route, before='<div class="st-key-tour-map">'), times=1)
    page.reload()

    expect(page.get_by_role("img", name=re.compile("^Map"))).to_have_count(0)
    assert heading.bounding_box() == place
    context.close()


def _cut_short(route, before):
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().partition(before)[0])


def test_nothing_jumps_when_the_typefaces_come_late(browser, site, device):
    visit = Visit(browser, site, device)
    late = []
    visit.page.route("**/*.woff2", lambda route: late.append(route))
    visit.page.route("**/static/js/**", lambda route: route.abort())
    visit.page.goto(f"{site}/?stop=making-of-the-cloth", wait_until="domcontentloaded")
    expect(visit.page.get_by_role("article").get_by_role("img").first).to_have_js_property("complete", True)

    for route in late:
        route.continue_()
    visit.page.evaluate("document.fonts.ready")

    assert len(late) >= 2
    assert visit.page.evaluate(LAYOUT_SHIFT) < 0.02
    visit.context.close()


LINES = """each => {
  const words = document.createRange();
  words.selectNodeContents(each);
  return words.getClientRects().length;
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_at_the_head_of_a_narrow_phone_breaks(browser, site, language):
    visit = Visit(browser, site, PHONE)
    page = visit.open(f"?stop=the-vote&lang={language}")
    menu, other = {"en": ("Menu", "Русский"), "ru": ("Меню", "English")}[language]
    head = page.get_by_role("banner")

    for width in (320, 360, 390):
        page.set_viewport_size({"width": width, "height": 740})
        for control in (head.get_by_role("button", name=menu), head.get_by_role("link", name=other)):
            assert control.evaluate(LINES) == 1, width
    visit.context.close()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_way_from_city_to_city_is_one_line_on_a_narrow_phone(browser, site, language):
    visit = Visit(browser, site, PHONE | {"viewport": {"width": 360, "height": 740}})
    page = visit.open(f"?lang={language}")

    # The overview of the route and, under it, the cities with the way between them.
    way = page.locator(".tour-route-summary")
    assert way.bounding_box()["height"] < 60
    visit.context.close()


MAP_GROUNDS = ("land", "water", "park", "square", "building", "centre")


@pytest.mark.parametrize("night", [False, True], ids=["light", "night"])
def test_names_on_the_map_stand_out_from_every_ground(night):
    colours = palettes()[night]

    for ground in MAP_GROUNDS:
        assert contrast(colours["text"], colours[ground]) >= 4.5, ground
        if ground != "water":
            assert contrast(colours["muted"], colours[ground]) >= 4.5, ground
    for pin in ("blue", "red"):
        assert contrast(colours["pin-text"], colours[pin]) >= 4.5


@pytest.mark.parametrize("night", [False, True], ids=["light", "night"])
def test_text_stands_out_from_the_page(night):
    colours = palettes()[night]

    for ground in ("background", "surface"):
        assert contrast(colours["text"], colours[ground]) >= 7
        for text in ("muted", "blue", "red"):
            assert contrast(colours[text], colours[ground]) >= 4.5, f"{text} on {ground}"
        assert contrast(colours["accent"], colours[ground]) >= 3


TEXT_AND_GROUND = """(element) => {
  const ground = (each) => {
    const colour = getComputedStyle(each).backgroundColor;
    return colour === "rgba(0, 0, 0, 0)" && each.parentElement ? ground(each.parentElement) : colour;
  };
  return [getComputedStyle(element).color, ground(element)];
}"""


def hexadecimal(colour: str) -> str:
    return "#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_on_buttons_can_be_read(browser, site, scheme):
    visit = Visit(browser, site, {**DESKTOP, "color_scheme": scheme})
    for query, name in (("", "Start"), ("?stop=herbert", "Next"), ("?stop=herbert", "Previous")):
        words = visit.open(query).get_by_role("button", name=name).locator("p")
        one, other = words.evaluate(TEXT_AND_GROUND)
        assert contrast(hexadecimal(one), hexadecimal(other)) >= 4.5, f"{name}: {one} on {other}"
    visit.context.close()
