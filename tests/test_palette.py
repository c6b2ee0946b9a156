"""Colours have one home, tour/static/palette.css."""

import re
import tomllib

import pytest

from tests.colours import palettes
from tests.conftest import PROJECT_ROOT
from tour.paths import STATIC_DIR

COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(|\bhsla?\(")
# More contrast is a palette of its own; browsers give ::highlight and ::backdrop no custom properties; paper is white.
ELSEWHERE = re.compile(
    r"@media \(prefers-contrast: more\).*?\n}|::(highlight|backdrop)[^}]*}|@media print \{.*?\n}", re.DOTALL
)
THEME = {
    "primaryColor": "blue",
    "backgroundColor": "background",
    "secondaryBackgroundColor": "surface",
    "textColor": "text",
    "linkColor": "blue",
    "borderColor": "muted",
}


def test_no_other_sheet_names_a_colour():
    sheets = [sheet for sheet in STATIC_DIR.glob("*.css") if sheet.name != "palette.css"]
    sheets += (PROJECT_ROOT / "tour/templates").glob("*.svg")
    rules = {sheet.name: ELSEWHERE.sub("", sheet.read_text("utf-8")) for sheet in sheets}

    assert len(sheets) > 5
    assert {name: COLOUR.findall(text) for name, text in rules.items() if COLOUR.search(text)} == {}


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_streamlits_theme_has_the_same_colours(scheme, dark):
    theme = tomllib.loads((PROJECT_ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"][scheme]

    assert theme == {setting: palettes()[dark][colour] for setting, colour in THEME.items()}
