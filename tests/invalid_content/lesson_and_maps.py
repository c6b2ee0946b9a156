"""The lesson, and the drawn maps."""

from tests.invalid_content.changes import Case, replace, truncate, write

CASES = (
    Case(
        "a lesson about a claim that is not there",
        replace("lesson.md", "claim = 1", "claim = 2"),
        "lesson.md: questions[1].claim is 2, and quay has 1.\n    Count the stop's claims from one.",
    ),
    Case(
        "a lesson about a stop that is not there",
        replace("lesson.md", 'stop = "quay"\nclaim', 'stop = "quai"\nclaim'),
        "lesson.md: questions[1].stop is quai, which is not a stop.\n"
        "    Give the slug of a stop, as in the name of its file.",
    ),
    Case(
        "a lesson that shows a stop that is not there",
        replace("lesson.md", 'stop = "quay"\n\n', 'stop = "quai"\n\n'),
        "lesson.md: steps[1].stop is quai, which is not a stop.\n"
        "    Give the slug of a stop, as in the name of its file.",
    ),
    Case(
        "a step of no minutes",
        replace("lesson.md", "minutes = 7", "minutes = 0"),
        "lesson.md: steps[1].minutes is 0.\n    Give whole minutes, from 1 to 600.",
    ),
    Case(
        "minutes in words",
        replace("lesson.md", "minutes = 7", 'minutes = "seven"'),
        "lesson.md: steps[1].minutes is text, not a whole number.\n    Write it without quotation marks, like 1972.",
    ),
    Case(
        "a lesson that cites what is not there",
        replace("lesson.md", "the cards.[^ledger]", "the cards.[^diary]"),
        "lesson.md: cites diary, which is not a source.\n    Add it to sources.toml, or mend the name.",
    ),
    Case(
        "a map cut short",
        truncate("maps/north.geojson", "data"),
        "maps/north.geojson: line 40 can't be read.\n"
        "    Look for a missing comma, quotation mark or bracket there or just above.",
    ),
    Case(
        "a map that is none",
        write("maps/north.geojson", b"[]"),
        "maps/north.geojson: features is missing.\n    Save it as a GeoJSON FeatureCollection.",
    ),
    Case(
        "a point beyond the globe",
        replace("maps/north.geojson", "10.5,", "190.5,"),
        "maps/north.geojson: features[2].geometry.coordinates hold what is not a point.\n"
        "    Give each point as [longitude, latitude], in degrees.",
    ),
    Case(
        "a feature by another name",
        replace("maps/north.geojson", '"Feature"', '"feature"'),
        "maps/north.geojson: features[1].type is feature.\n    Write “Feature” there, as GeoJSON asks.",
    ),
    Case(
        "a thing on the map without a kind",
        replace("maps/north.geojson", '"kind": "water"', '"kynd": "water"'),
        "maps/north.geojson: features[1].properties.kind is missing, or no word.\n"
        "    Say how it is drawn, like water or street.",
    ),
    Case(
        "a credit with a sign that cannot be seen",
        replace("maps/north.geojson", "drawn by", "drawn \\u0000by"),
        "maps/north.geojson: credit is no text that a page can show.\n"
        "    Say whose data the map shows, like [Natural Earth](https://…).",
    ),
)
