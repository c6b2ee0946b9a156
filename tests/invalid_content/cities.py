"""Cities of an exhibition, and what else its opening sets: streets, names, languages."""

from tests.invalid_content.changes import Case, copy, rename, replace

CASES = (
    Case(
        "a slug with capitals and a space",
        replace("exhibition.toml", 'slug = "north"', 'slug = "North Harbour"'),
        "exhibition.toml: cities[1] (North Harbour) has no stop.\n"
        "    Add a stop to stops/North Harbour/, or take the city out.\n"
        "exhibition.toml: cities[1].slug is North Harbour, which can't be part of an address.\n"
        "    Write it in small Latin letters, digits and hyphens, like the name of its folder in stops/.\n"
        "stops/north/01-quay.md: lies in a folder north, which is not a city.\n"
        "    Move it to a city's folder, or add the city to exhibition.toml.",
    ),
    Case(
        "two cities of one slug",
        replace("exhibition.toml", 'slug = "south"', 'slug = "north"'),
        "exhibition.toml: cities[2].slug is north again.\n"
        "    Give each city a slug of its own.\n"
        "stops/south/02-light.md: lies in a folder south, which is not a city.\n"
        "    Move it to a city's folder, or add the city to exhibition.toml.",
    ),
    Case(
        "bounds the wrong way round",
        replace("exhibition.toml", "latitude = [40.0, 41.0]", "latitude = [41.0, 40.0]"),
        "exhibition.toml: cities[2].latitude goes from 41 to 40.\n"
        "    Give the lower bound first.\n"
        "stops/south/02-light.md: places[1].latitude is 40.5, which lies outside South Harbour.\n"
        "    Its stops lie between 41 and 40. Is a digit missing?",
    ),
    Case(
        "bounds with one number",
        replace("exhibition.toml", "latitude = [60.0, 61.0]", "latitude = [60.0]"),
        "exhibition.toml: cities[1].latitude has 1 value, not 2.\n    Give 2 values.",
    ),
    Case(
        "bounds without their points",
        replace("exhibition.toml", "latitude = [60.0, 61.0]", "latitude = [600, 610]"),
        "exhibition.toml: cities[1].latitude goes from 600 to 610.\n"
        "    A map shows what lies between -85 and 85. Is a point missing?\n"
        "stops/north/01-quay.md: places[1].latitude is 60.5, which lies outside North Harbour.\n"
        "    Its stops lie between 600 and 610. Is a digit missing?\n"
        "stops/north/01-quay.md: places[2].latitude is 60.51, which lies outside North Harbour.\n"
        "    Its stops lie between 600 and 610. Is a digit missing?",
    ),
    Case(
        "an unknown marker",
        replace("exhibition.toml", 'marker = "round"', 'marker = "star"'),
        "exhibition.toml: cities[1].marker is star, which is unknown here.\n    Choose one of: round, square.",
    ),
    Case(
        "an unknown colour",
        replace("exhibition.toml", 'colour = "red"', 'colour = "#A3352B"'),
        "exhibition.toml: cities[2].colour is #A3352B, which is unknown here.\n    Choose one of: blue, red.",
    ),
    Case(
        "a tile server without its rows",
        replace("exhibition.toml", "{z}/{x}/{y}.png", "{z}/{x}.png"),
        "exhibition.toml: tile_layer.address lacks {y}.\n"
        "    Tile servers tell their address as https://…/{z}/{x}/{y}.png.",
    ),
    Case(
        "a zoom beyond all tile servers",
        replace("exhibition.toml", "max_zoom = 18", "max_zoom = 180"),
        "exhibition.toml: tile_layer.max_zoom is 180.\n    Give a number from 1 to 24.",
    ),
    Case(
        "a switch that is neither true nor false",
        replace("exhibition.toml", "visible = false", 'visible = "yes"'),
        "exhibition.toml: tile_layer.visible is text, not true or false.\n"
        "    Write true or false, without quotation marks.",
    ),
    Case(
        "same names of two words",
        replace("exhibition.toml", '["Quay", "Kai"]', '["The Quay", "Kai"]'),
        "exhibition.toml: synonyms[1][1] is The Quay, not one word.\n"
        "    Give names of one word each: a search looks for one word after another.",
    ),
    Case(
        "same names in one list",
        replace("exhibition.toml", '[["Quay", "Kai"]]', '["Quay", "Kai"]'),
        "exhibition.toml: synonyms[1] is text, not a list.\n"
        "    Write it between square brackets, or as tables headed by the field's name in double "
        "square brackets.\n"
        "exhibition.toml: synonyms[2] is text, not a list.\n"
        "    Write it between square brackets, or as tables headed by the field's name in double "
        "square brackets.",
    ),
    Case(
        "an opening in an unknown language",
        copy("exhibition.de.toml", "exhibition.zz.toml"),
        "exhibition.zz.toml: names a language zz, in which we can't say dates and numbers.\n"
        "    Name it by the code of a language, in small letters: exhibition.de.toml, exhibition.ru.toml.",
    ),
    Case(
        "an opening named by the language in capitals",
        rename("exhibition.de.toml", "exhibition.DE.toml"),
        "exhibition.DE.toml: is not named by a language.\n"
        "    Name it by the code of a language, in small letters: exhibition.de.toml, exhibition.ru.toml.",
    ),
    Case(
        "a translation into the language of the original",
        rename("exhibition.de.toml", "exhibition.en.toml"),
        "exhibition.en.toml: is in the language of the original.\n"
        "    Write its words into exhibition.toml, and take this file away.",
    ),
)
