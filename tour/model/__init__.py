"""The exhibition as frozen values."""

from tour.model.exhibition import (
    AboutSection,
    City,
    Exhibition,
    FeatureCollection,
    Lesson,
    LessonStep,
    NamedLink,
    Prologue,
    Question,
    Redirect,
    Status,
    TileLayer,
)
from tour.model.stop import (
    Account,
    Claim,
    Comparison,
    ComparisonSide,
    DetailImage,
    Event,
    Figure,
    ImageUse,
    Link,
    Place,
    Region,
    Source,
    Stop,
)
