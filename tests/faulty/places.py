"""Places of a stop: degrees, metres, years."""

from tests.faulty.spoil import Fault, replaced
from tests.sample_exhibition import QUAY

FAULTS = (
    Fault(
        "a latitude in quotation marks",
        replaced(QUAY, "latitude = 60.5\n", 'latitude = "60.5"\n'),
        "stops/north/01-quay.md: places[1].latitude is text, not a number.\n"
        "    Write it without quotation marks, like 52.408.",
    ),
    Fault(
        "a latitude with a comma in quotation marks",
        replaced(QUAY, "latitude = 60.5\n", 'latitude = "60,5"\n'),
        "stops/north/01-quay.md: places[1].latitude is text, not a number.\n"
        "    Write it with a point and without quotation marks, like 52.408.",
    ),
    Fault(
        "a latitude that is not a number",
        replaced(QUAY, "latitude = 60.5\n", "latitude = nan\n"),
        "stops/north/01-quay.md: places[1].latitude is nan, not a number.\n"
        "    Write it without quotation marks, like 52.408.",
    ),
    Fault(
        "a latitude without end",
        replaced(QUAY, "latitude = 60.5\n", "latitude = inf\n"),
        "stops/north/01-quay.md: places[1].latitude is inf, not a number.\n"
        "    Write it without quotation marks, like 52.408.",
    ),
    Fault(
        "a latitude without its point",
        replaced(QUAY, "latitude = 60.5\n", "latitude = 605123456789\n"),
        "stops/north/01-quay.md: places[1].latitude is far too large a number.\n"
        "    Is a point missing, or a digit too many?",
    ),
    Fault(
        "a longitude with a digit missing",
        replaced(QUAY, "longitude = 10.5\n", "longitude = 1.05\n"),
        "stops/north/01-quay.md: places[1].longitude is 1.05, which lies outside North Harbour.\n"
        "    Its stops lie between 10 and 11. Is a digit missing?",
    ),
    Fault(
        "latitude and longitude exchanged",
        replaced(QUAY, "latitude = 60.5\nlongitude = 10.5\n", "latitude = 10.5\nlongitude = 60.5\n"),
        "stops/north/01-quay.md: places[1] has latitude 10.5 and longitude 60.5, which look swapped.\n"
        "    Latitude is north and south, longitude east and west: exchange the two.",
    ),
    Fault(
        "an uncertainty below nothing",
        replaced(QUAY, "uncertainty = 120", "uncertainty = -120"),
        "stops/north/01-quay.md: places[1].uncertainty is -120.\n    Give metres, from 0 to 20,000.",
    ),
    Fault(
        "an uncertainty wider than a city",
        replaced(QUAY, "uncertainty = 120", "uncertainty = 120_000"),
        "stops/north/01-quay.md: places[1].uncertainty is 120000.\n    Give metres, from 0 to 20,000.",
    ),
    Fault(
        "a year of five digits",
        replaced(QUAY, "since = 1899", "since = 18999"),
        "stops/north/01-quay.md: places[1].since is 18999, which is not a year.\n"
        "    Give a year from 1 to 9999.\n"
        "stops/north/01-quay.md: places[1].until is 1950, before it began in 18999.\n"
        "    Exchange the two years, or mend one of them.",
    ),
    Fault(
        "an end before the beginning",
        replaced(QUAY, "since = 1899\nuntil = 1950", "since = 1950\nuntil = 1899"),
        "stops/north/01-quay.md: places[1].until is 1899, before it began in 1950.\n"
        "    Exchange the two years, or mend one of them.",
    ),
    Fault(
        "a year in words",
        replaced(QUAY, "since = 1899", 'since = "about 1899"'),
        "stops/north/01-quay.md: places[1].since is text, not a whole number.\n"
        "    Write it without quotation marks, like 1972.",
    ),
)
