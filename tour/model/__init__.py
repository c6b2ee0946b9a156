"""What everything is made of: frozen values, nothing else."""

from tour.model.exhibition import Address, City, Exhibition, Lesson, Question, Renamed, Section, Status, Step, Streets
from tour.model.stop import (
    Account,
    Claim,
    CloseView,
    Event,
    Figure,
    Link,
    Pair,
    Picture,
    Place,
    Region,
    Side,
    Source,
    Stop,
)

__all__ = [
    "Account",
    "Address",
    "City",
    "Claim",
    "CloseView",
    "Event",
    "Exhibition",
    "Figure",
    "Lesson",
    "Link",
    "Pair",
    "Picture",
    "Place",
    "Question",
    "Region",
    "Renamed",
    "Section",
    "Side",
    "Source",
    "Status",
    "Step",
    "Stop",
    "Streets",
]
