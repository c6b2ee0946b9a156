"""Environment variables as settings: read, checked, listed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import PROJECT_ROOT
from tour.curation.cli.settings import list_settings
from tour.settings import Settings, settings, warn_of_unusable_variables


def test_a_setting_is_read_from_its_variable():
    environment = {"TOUR_DATA": "/srv/data", "TOUR_MAX_SESSIONS": "600", "TOUR_EDITOR_PANEL": "1"}

    values = Settings.from_env(environment)

    assert (values.data, values.max_sessions, values.editor_panel) == (Path("/srv/data"), 600, True)
    assert values.media == PROJECT_ROOT / "media"


@pytest.mark.parametrize(
    ("text", "base_url"),
    [
        ("https://example.org/tour", "https://example.org/tour/"),
        ("https://Example.ORG", "https://example.org/"),
        ("https://example.org:443/", "https://example.org/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://[2001:db8::1]:8501/Tour/", "https://[2001:db8::1]:8501/Tour/"),
    ],
)
def test_a_base_url_is_written_as_browsers_write_it_and_ends_with_a_slash(text, base_url):
    assert Settings.from_env({"TOUR_BASE_URL": text}).base_url == base_url


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        *(("TOUR_MAX_SESSIONS", text) for text in ("many", "0", "-5", "1000000")),
        *(("TOUR_BASE_URL", text) for text in ("example.org", "ftp://example.org", "https://", "https://музей.рф")),
        *(
            ("TOUR_BASE_URL", text)
            for text in ("https://a.org/?x=1", "https://a.org/#a", "https://*.org", 'https://a.org/"><b>')
        ),
        *(("TOUR_BASE_URL", text) for text in ("https://a.org:99999/", "https://a..org/", "https://[1:2:3]/")),
        ("TOUR_EDITOR_PANEL", "yes"),
        *(("TOUR_FRAME_ANCESTORS", text) for text in ("museum.example", "https://музей.рф", "https://a.org/frame")),
        *(("TOUR_FRAME_ANCESTORS", text) for text in ("https://a.org:99999", "https://a*b.org", "https://a.org;x")),
        *(
            ("TOUR_HOSTS", text)
            for text in ("https://pier.local", "pier.local:80", "pier.local/tour", "a.local,b.local")
        ),
        *(("TOUR_HOSTS", text) for text in ("*", "*.local", "-pier", "pier..local", "пирс.local", "pier.local quay?")),
        *(("TOUR_CONTACT", text) for text in ("Ann", "http://a.org/", "a@b.org\nPolicy: x", "data:a@b", "a b@c.org")),
        *(("TOUR_COMMONS_API", text) for text in ("api.php", "file:///api.php", "http://[::1/api.php", "http://a b/")),
    ],
)
def test_a_setting_that_cannot_be_used_is_logged_and_left_out(caplog, variable, text):
    assert Settings.from_env({variable: text}) == Settings()
    assert f"{variable}: {text!r} can't be used: it should be " in caplog.text


def test_hosts_are_names_with_spaces_between():
    hosts = Settings.from_env({"TOUR_HOSTS": "Pier.local  exhibition_1 10.0.0.7"}).hosts

    assert hosts == ("pier.local", "exhibition_1", "10.0.0.7")


@pytest.mark.parametrize("origin", ["https://museum.example", "http://a.org:8080", "https://*.a.org", "https://*"])
def test_an_origin_may_have_a_port_and_a_wildcard(origin):
    assert Settings.from_env({"TOUR_FRAME_ANCESTORS": origin}).frame_ancestors == (origin,)


@pytest.mark.parametrize("proxy", ["proxy.local", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.1:80", "300.0.0.1", "*"])
def test_a_proxy_that_is_neither_address_nor_network_is_logged(monkeypatch, caplog, proxy):
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", f"127.0.0.1, {proxy}")

    warn_of_unusable_variables()

    (message,) = caplog.messages
    assert message.startswith(f"FORWARDED_ALLOW_IPS: {proxy!r} is neither an address nor a network")


@pytest.mark.parametrize("proxies", ["*", "127.0.0.1,::1", "172.17.0.0/16, 2001:db8::/32", "10.0.0.7,", ""])
def test_proxies_that_can_be_used_are_not_logged(monkeypatch, caplog, proxies):
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", proxies)

    warn_of_unusable_variables()

    assert caplog.messages == []


def test_a_changed_variable_is_seen(monkeypatch):
    monkeypatch.setenv("TOUR_MAX_SESSIONS", "600")
    assert settings().max_sessions == 600

    monkeypatch.setenv("TOUR_MAX_SESSIONS", "700")
    assert settings().max_sessions == 700


def test_a_variable_that_is_no_setting_is_logged_with_the_name_that_it_has_now(monkeypatch, caplog):
    monkeypatch.setenv("TOUR_ADDRESS", "https://example.org/")
    monkeypatch.setenv("TOUR_DATUM", "data")
    monkeypatch.setenv("TOUR_MAX_SESSIONS", "600")

    warn_of_unusable_variables()

    assert "TOUR_ADDRESS is not a setting: it is called TOUR_BASE_URL now." in caplog.text
    assert "TOUR_DATUM is not a setting." in caplog.text
    assert "TOUR_MAX_SESSIONS" not in caplog.text


def test_the_settings_are_listed_with_their_values(monkeypatch):
    monkeypatch.setenv("TOUR_HOSTS", "harbour.local pier.local")

    lines = CliRunner().invoke(list_settings).output

    assert "TOUR_HOSTS=harbour.local pier.local\n    Further host names" in lines
    assert "TOUR_DATA=data\n" in lines


def test_the_guide_to_hosting_shows_every_setting():
    guide = (PROJECT_ROOT / "docs" / "hosting.md").read_text("utf-8")

    assert CliRunner().invoke(list_settings, ["--markdown"]).output in guide
