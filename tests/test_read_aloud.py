"""A stop read aloud, by a fake of the browser's speech: a browser without a screen has no voice."""

import json
import re
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import violations
from tests.browser import DESKTOP, PHONE, Visit
from tests.colours import contrast
from tests.conftest import slow
from tour.content.markdown import strip_markdown

PROJECT_ROOT = Path(__file__).parent.parent
# The browser's side of the Web Speech API. It makes no sound and waits to be told that a sentence has ended.
SPEECH = """(voices) => {
  class Utterance extends EventTarget {
    constructor(text) {
      super();
      this.text = text;
    }
  }
  class Speech extends EventTarget {
    voices = voices;
    said = [];
    queue = [];
    getVoices() {
      return this.voices;
    }
    speak(utterance) {
      this.said.push(utterance);
      this.queue.push(utterance);
      utterance.dispatchEvent(new Event("start"));
    }
    cancel() {
      for (const each of this.queue.splice(0)) setTimeout(() => each.dispatchEvent(new Event("error")));
    }
    end(how = "end") {
      this.queue.shift().dispatchEvent(new Event(how));
    }
    endAll() {
      while (this.queue.length) this.end();
    }
    find(voices) {
      this.voices = voices;
      this.dispatchEvent(new Event("voiceschanged"));
    }
  }
  Object.defineProperty(window, "speechSynthesis", { value: new Speech() });
  window.SpeechSynthesisUtterance = Utterance;
}"""
ENGLISH = {"lang": "en-GB", "localService": True}
RUSSIAN = {"lang": "ru_RU", "localService": True}
MARKED = """[...(CSS.highlights.get("tour-current-sentence") ?? [])].map((range) => `${range}`.replace(/\\s+/g, " "))"""
# A stop with a story, quotations and accounts that differ.
STOP = "herbert"


class Listener(Visit):
    """A visitor whose browser has these voices."""

    def __init__(self, browser, site, voices=(ENGLISH,), device=DESKTOP):
        super().__init__(browser, site, device)
        self.page.add_init_script(f"({SPEECH})({json.dumps(voices)})")

    def read(self, address: str = f"?stop={STOP}") -> Page:
        """The page as the server sends it; the app doesn't come."""
        self.page.route("**/static/js/**", lambda route: route.fulfill(content_type="text/javascript"))
        self.page.goto(f"{self.site}/{address}")
        return self.page

    def read_while_the_app_is_held(self) -> Callable[[], None]:
        """The first paint; what is returned lets the app take over."""
        delayed_routes = []
        self.page.route("**/static/js/**", lambda route: delayed_routes.append(route))
        self.page.goto(f"{self.site}/?stop={STOP}", wait_until="commit")
        expect(controls(self.page)).to_be_visible()

        def let_go():
            self.page.route("**/static/js/**", lambda route: route.continue_())
            for route in delayed_routes:
                route.continue_()
            expect(self.page.locator("#tour-server-page")).to_have_count(0)

        return let_go

    def button(self, name: str):
        return self.page.get_by_role("button", name=name, exact=True)

    def hears(self, *sentences: str) -> None:
        """These sentences, and no others, are being said."""
        self.page.wait_for_function(
            "these => JSON.stringify(speechSynthesis.queue.map((each) => each.text)) === JSON.stringify(these)",
            arg=list(sentences),
        )

    def next_sentence(self) -> str:
        """What is said when the sentence that is being said has ended."""
        return self.page.evaluate("speechSynthesis.end(), speechSynthesis.queue[0].text")

    def has_heard(self) -> list[dict]:
        return self.page.evaluate("speechSynthesis.said.map(({ text, lang, rate }) => ({ text, lang, rate }))")

    def marked(self) -> list[str]:
        return self.page.evaluate(MARKED)


@contextmanager
def listening(*visit, **options):
    """A visit in which nothing goes wrong."""
    listener = Listener(*visit, **options)
    yield listener
    assert listener.errors == []
    listener.context.close()


@pytest.fixture
def listener(browser, site):
    with listening(browser, site) as listener:
        yield listener


def controls(page: Page):
    return page.get_by_role("group", name="Listen to this stop")


def test_controls_are_hidden_where_the_browser_cannot_speak(browser, site):
    visit = Visit(browser, site, DESKTOP)
    visit.page.add_init_script('Object.defineProperty(window, "speechSynthesis", { value: undefined })')

    visit.open(f"?stop={STOP}")

    expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
    expect(controls(visit.page)).to_have_count(0)
    assert visit.errors == []
    visit.context.close()


def test_controls_are_hidden_where_there_is_no_voice_for_the_language(browser, site):
    with listening(browser, site, voices=[RUSSIAN]) as listener:
        page = listener.read()

        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(controls(page)).to_have_count(0)


@pytest.mark.slow
def test_controls_are_shown_once_the_browser_has_found_its_voices(browser, site):
    with listening(browser, site, voices=[]) as listener:
        page = listener.read()
        expect(controls(page)).to_have_count(0)

        page.evaluate("voices => speechSynthesis.find(voices)", [RUSSIAN, ENGLISH])

        expect(controls(page)).to_be_visible()


def test_nothing_is_read_by_itself(listener, exhibition):
    listener.open(f"?stop={STOP}")
    expect(listener.button("Listen")).to_be_visible()
    listener.page.get_by_role("button", name="Next").click()
    listener.at(exhibition.stop("cathedral-ruins"))
    expect(listener.button("Listen")).to_be_visible()

    assert listener.has_heard() == []


def test_title_notice_lede_story_and_accounts_are_read_in_order_without_citations(listener, exhibition):
    stop = exhibition.stop(STOP)
    accounts = [
        words for claim in stop.claims for words in (claim.about, *(a.says for a in claim.accounts), claim.our_position)
    ]
    words = [stop.title, exhibition.status.sentence, stop.lede, stop.narrative, "What the sources say", *accounts]

    listener.read()
    listener.button("Listen").click()
    listener.page.evaluate("speechSynthesis.endAll()")

    heard = listener.has_heard()
    assert " ".join(each["text"] for each in heard) == " ".join(" ".join(map(strip_markdown, words)).split())
    assert {each["lang"] for each in heard} == {"en"}


@pytest.mark.slow
def test_a_sentence_is_said_at_a_time_across_the_ends_of_lines(listener):
    listener.read()

    listener.button("Listen").click()

    assert "When they climbed out, the house of a friend at the bottom of the garden was gone." in [
        listener.next_sentence() for _ in range(8)
    ]


def test_in_the_app_too_the_stop_is_read(listener, exhibition):
    listener.open(f"?stop={STOP}")

    listener.button("Listen").click()

    listener.hears(exhibition.stop(STOP).title)
    assert listener.next_sentence() == exhibition.status.sentence


@pytest.mark.parametrize("voices", [[RUSSIAN, ENGLISH], [RUSSIAN]], ids=["with its voice", "without"])
def test_a_quotation_is_read_by_a_voice_of_its_own_language_if_there_is_one(browser, site, voices):
    with listening(browser, site, voices=voices) as listener:

        def in_russian(route):
            page = route.fetch().text().replace('lang="en"', 'lang="ru"')
            lede = '<p class="tour-lede">Там вышито: <span lang="en">“Little help.”</span> Это девиз.</p>'
            route.fulfill(body=re.sub(r'<p class="tour-lede">.*?</p>', lede, page), content_type="text/html")

        listener.page.route("**/?stop=*", in_russian)
        listener.read()
        listener.button("Listen").click()
        listener.page.evaluate("for (let ended = 0; ended < 5; ended++) speechSynthesis.end()")
        heard = [(each["lang"], each["text"]) for each in listener.has_heard()[2:]]

    apart = [("ru", "Там вышито:"), ("en", "“Little help.”"), ("ru", "Это девиз.")]
    together = [("ru", "Там вышито: “Little help.”"), ("ru", "Это девиз.")]
    expected = apart if ENGLISH in voices else together
    assert heard[: len(expected)] == expected


def test_the_sentence_being_read_is_marked_and_the_article_is_left_alone(listener):
    page = listener.read()
    story = page.locator(".tour-narrative")
    before = story.inner_html()

    listener.button("Listen").click()
    sentences = [listener.next_sentence() for _ in range(4)]

    assert listener.marked() == sentences[-1:]
    assert story.inner_html() == before


def test_a_pause_goes_on_with_the_same_sentence(listener):
    listener.read()
    listener.button("Listen").click()
    sentence = listener.next_sentence()

    listener.button("Pause").click()
    listener.hears()
    assert listener.marked() == [sentence]
    listener.button("Go on").click()

    listener.hears(sentence)
    expect(listener.button("Pause")).to_be_focused()


@pytest.mark.slow
def test_another_speed_goes_on_with_the_same_sentence(listener):
    page = listener.read()
    listener.button("Listen").click()
    sentence = listener.next_sentence()

    page.get_by_label("Speed").select_option("fast")

    listener.hears(sentence)
    assert [each["rate"] for each in listener.has_heard()] == [1, 1, 1.5]


def test_the_speed_stays_for_the_visit(listener, exhibition):
    page = listener.open(f"?stop={STOP}")
    page.get_by_label("Speed").select_option("slower")

    page.get_by_role("button", name="Next").click()
    listener.at(exhibition.stop("cathedral-ruins"))

    expect(page.get_by_label("Speed")).to_have_value("0.75")
    listener.button("Listen").click()
    assert listener.has_heard()[0]["rate"] == 0.75


@pytest.mark.slow
def test_stop_listening_is_offered_while_listening(listener):
    listener.read()
    expect(listener.button("Stop listening")).to_be_hidden()

    listener.button("Listen").click()
    listener.button("Stop listening").click()

    listener.hears()
    assert listener.marked() == []
    expect(listener.button("Stop listening")).to_be_hidden()
    expect(listener.button("Listen")).to_be_focused()


@pytest.mark.slow
def test_at_the_end_the_controls_offer_to_listen_again(listener, exhibition):
    page = listener.read()
    listener.button("Listen").click()

    page.evaluate("speechSynthesis.endAll()")
    assert listener.marked() == []
    listener.button("Listen").click()

    listener.hears(exhibition.stop(STOP).title)


def test_a_step_ends_the_reading(listener, exhibition):
    listener.open(f"?stop={STOP}")
    listener.button("Listen").click()

    listener.page.get_by_role("button", name="Next").click()
    listener.at(exhibition.stop("cathedral-ruins"))

    listener.hears()
    assert listener.marked() == []
    expect(listener.button("Listen")).to_be_visible()


@pytest.mark.slow
def test_leaving_the_page_ends_the_reading(listener):
    page = listener.read()
    listener.button("Listen").click()

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")

    listener.hears()
    expect(listener.button("Listen")).to_be_visible()


def test_escape_ends_the_reading_unless_it_closes_a_picture(listener):
    page = listener.read()
    listener.button("Listen").click()
    sentence = listener.next_sentence()
    page.get_by_role("link", name=re.compile("^Enlarge")).first.click()

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    listener.hears(sentence)
    page.keyboard.press("Escape")

    listener.hears()


@pytest.mark.slow
def test_a_voice_that_fails_ends_the_reading(listener):
    page = listener.read()
    listener.button("Listen").click()

    page.evaluate("speechSynthesis.end('error')")

    expect(listener.button("Listen")).to_be_visible()
    assert listener.marked() == []


def test_reading_goes_on_when_the_app_takes_over(listener):
    app_takes_over = listener.read_while_the_app_is_held()
    listener.button("Listen").click()
    sentence = listener.next_sentence()

    app_takes_over()

    listener.hears(sentence)
    assert listener.marked() == [sentence]
    expect(listener.button("Pause")).to_be_focused()


BOXES = """() => [...document.querySelectorAll(".tour-read-aloud, .tour-read-aloud *")]
  .map((each) => each.getBoundingClientRect())
  .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round))"""


def test_controls_stand_where_they_stood_when_the_app_takes_over(browser, site, device):
    with listening(browser, site, device=device) as listener:
        app_takes_over = listener.read_while_the_app_is_held()
        listener.page.evaluate("document.fonts.ready")
        before = listener.page.evaluate(BOXES)

        app_takes_over()

        assert listener.page.evaluate(BOXES) == before


@pytest.mark.slow
def test_of_two_stops_on_one_page_one_is_read(listener, exhibition):
    page = listener.read("text")
    page.get_by_role("article", name="The Herbert").get_by_role("button", name="Listen", exact=True).click()

    page.get_by_role("article", name="Broadgate").get_by_role("button", name="Listen", exact=True).click()

    listener.hears(exhibition.stop("broadgate").title)
    expect(listener.button("Pause")).to_have_count(1)


@pytest.mark.slow
def test_a_script_that_comes_twice_reads_once(listener, exhibition):
    page = listener.read()
    page.add_script_tag(url="files/read_aloud.js?again")

    listener.button("Listen").click()

    listener.hears(exhibition.stop(STOP).title)


def test_the_page_follows_one_who_follows_the_words_and_no_other(browser, site, device):
    with listening(browser, site, device=device) as listener:
        page = listener.open(f"?stop={STOP}")
        listener.button("Listen").click()
        last = [listener.next_sentence() for _ in range(18)][-1]
        expect(page.get_by_text(last[:30])).to_be_in_viewport()
        expect(listener.button("Pause")).to_be_in_viewport(ratio=1)

        page.get_by_role("heading", level=1).scroll_into_view_if_needed()
        listener.next_sentence()

        expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


@pytest.mark.parametrize("app", [True, False], ids=["in the app", "on the plain page"])
def test_arrow_keys_choose_a_speed_and_do_not_step(listener, exhibition, app):
    page = listener.open(f"?stop={STOP}") if app else listener.read()
    expect(controls(page)).to_be_visible()

    page.get_by_label("Speed").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")

    expect(page).to_have_url(re.compile(f"stop={STOP}$"))
    listener.at(exhibition.stop(STOP))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_stop_being_read_is_open_to_all(browser, site, scheme):
    with listening(browser, site, device={**PHONE, "color_scheme": scheme}) as listener:
        listener.open(f"?stop={STOP}")
        listener.button("Listen").click()

        assert violations(listener.page) == []


@pytest.mark.parametrize("type_size", [*slow("100%"), "200%"])
def test_controls_have_room_on_a_narrow_screen_and_with_large_type(browser, site, type_size):
    with listening(browser, site, device={"viewport": {"width": 320, "height": 640}}) as listener:
        page = listener.read()
        page.evaluate("size => { document.documentElement.style.fontSize = size }", type_size)
        listener.button("Listen").click()

        boxes = [each.bounding_box() for each in controls(page).locator("button, select").all()]

        assert len(boxes) == 3
        assert all(box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in boxes)


def test_words_being_read_stand_out_from_their_mark():
    css = (PROJECT_ROOT / "tour/static/article.css").read_text("utf-8")
    marks = re.findall(r"::highlight\(.*\) \{\s+color: (#\w{6});\s+background-color: (#\w{6});", css)

    assert len(marks) == 2
    assert all(contrast(*colours) >= 7 for colours in marks)


@pytest.mark.slow
def test_on_paper_there_are_no_controls(listener):
    page = listener.read("print")
    expect(controls(page)).to_have_count(0)
    page = listener.read()
    expect(controls(page)).to_be_visible()

    page.emulate_media(media="print")

    expect(controls(page)).to_have_count(0)
