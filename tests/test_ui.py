"""Every view is drawn, as Streamlit runs it, without an exception."""

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from tests.conftest import html_of, is_drawn, run_app
from tour import typography


def test_the_entry_shows_the_title_the_notice_and_every_stop(exhibition):
    shown = html_of(run_app())

    assert typography.typeset_text(exhibition.status.sentence) in shown
    for stop in exhibition.stops:
        assert f'href="./?stop={stop.slug}&amp;lang=en"' in shown


def test_start_leads_to_the_first_stop(exhibition):
    page = run_app()

    page.button(key="start").click().run()

    assert page.query_params["stop"] == exhibition.stops[0].slug


def test_every_stop_is_drawn(exhibition):
    for stop in exhibition.stops:
        page = run_app(stop=stop.slug)
        assert is_drawn(page)
        assert f'data-stop="{stop.slug}"' in html_of(page)
        assert typography.typeset_text(exhibition.status.sentence) in html_of(page)


def test_next_leads_to_the_next_stop(exhibition):
    page = run_app(stop=exhibition.stops[0].slug)

    page.button(key="tour-next").click().run()

    assert page.query_params["stop"] == exhibition.stops[1].slug


def test_the_last_stop_has_no_next(exhibition):
    assert run_app(stop=exhibition.stops[-1].slug).button(key="tour-next").disabled


@pytest.mark.parametrize("view", ["stops", "find", "timeline", "gallery", "sources", "lesson", "about"])
def test_the_other_views_are_drawn(view):
    page = run_app(view=view)

    assert is_drawn(page)
    assert f'data-view="en/{view}"' in html_of(page)


HOSTILE = ["nowhere", "../../etc/passwd", "<script>alert(1)</script>", "\0", "%00", "x" * 100_000, "стоп", "{{7*7}}"]


@pytest.mark.parametrize("slug", HOSTILE, ids=lambda slug: ascii(slug[:20]))
def test_an_unknown_stop_gives_a_friendly_message_and_the_first_stop(exhibition, slug):
    page = run_app(stop=slug)

    assert is_drawn(page)
    assert "There is no stop at this address." in html_of(page)
    assert f'data-stop="{exhibition.stops[0].slug}"' in html_of(page)
    assert "alert(1)" not in html_of(page)


def test_an_unknown_view_is_the_entry():
    assert 'data-view="en/home"' in html_of(run_app(view="../../etc/passwd"))


def test_content_that_was_never_valid_gets_a_friendly_message(folders, monkeypatch):
    (folders[0] / "sources.toml").unlink()
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))

    page = run_app()

    assert is_drawn(page)
    assert "The exhibition is being prepared" in html_of(page)


def test_the_site_shows_another_exhibition_without_a_change_of_code(folders, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))

    assert "Two Harbours" in html_of(run_app())
    assert 'data-stop="light"' in html_of(run_app(stop="light"))


def test_the_timeline_has_every_event_and_leads_to_its_stop(exhibition):
    shown = html_of(run_app(view="timeline"))

    for stop in exhibition.stops:
        for event in stop.events:
            assert typography.typeset_text(escape(event.description)) in shown
            assert f'href="./?stop={stop.slug}&amp;lang=en"' in shown


def test_the_gallery_shows_every_picture_once_with_its_credit(exhibition):
    shown = html_of(run_app(view="gallery"))

    images = {picture.image for stop in exhibition.stops for picture in stop.pictures()}
    assert shown.count('<figure class="tour-figure">') == len(images)
    assert shown.count('rel="license"') == len(images)


@pytest.mark.parametrize(("language", "words"), [("en", "Something went wrong here"), ("ru", "Что-то пошло")])
def test_an_error_while_a_page_is_drawn_is_a_friendly_message_in_its_language_and_no_trace(language, words):
    page = AppTest.from_string("from tour.ui.app import with_error_page\nwith_error_page(lambda: 1 / 0)")
    page.query_params["lang"] = language
    page.run()

    assert not page.exception
    assert not is_drawn(page)
    assert words in html_of(page)
