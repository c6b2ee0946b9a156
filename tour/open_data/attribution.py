"""The status notice and the credit that go with all data."""

from tour.i18n import gettext_for
from tour.l10n import licence_name
from tour.model import Exhibition
from tour.urls import LICENCE


def status_line(exhibition: Exhibition) -> str:
    """The status, since which day, and the address of its source; of one form in every language."""
    status = exhibition.status
    return f"{status.sentence} ({status.decided.isoformat()}, {exhibition.sources[status.sources[0]].address})"


def attribution(exhibition: Exhibition) -> str:
    """The credit that LICENSE-CONTENT asks of those who use the texts."""
    _ = gettext_for(exhibition.language)
    terms = licence_name(LICENCE, exhibition.language)
    return _("%(title)s, a virtual exhibition, %(licence)s", title=exhibition.title, licence=terms)
