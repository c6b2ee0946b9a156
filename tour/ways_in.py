"""For those who find their way by machine: the sitemap, and what robots may read."""

from tour.addresses import whole
from tour.documents import Desk
from tour.pages import LANGUAGES, pages
from tour.render import render


def sitemap(desk: Desk) -> str:
    """Every page in every language."""
    every = [page for language in LANGUAGES for page in pages(desk.exhibition, language)]
    addresses = [whole(desk.base, page.address) for page in every]
    return render("sitemap.xml", "en", addresses=addresses)


def robots(base: str) -> str:
    """Everything is for everyone."""
    return f"User-agent: *\nAllow: /\nSitemap: {whole(base, 'sitemap.xml')}\n"
