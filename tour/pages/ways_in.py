"""For those who find their way by machine: the sitemap, and what robots may read."""

from tour.addresses import whole
from tour.model import Exhibition
from tour.pages.pages import pages
from tour.render import render


def sitemap(exhibition: Exhibition, base: str) -> str:
    """Every page in every language, each with what it is called in the others."""
    every = [
        {each: whole(base, page.address_in(each)) for each in (*exhibition.languages, None)}
        for page in pages(exhibition)
    ]
    return render("sitemap.xml", exhibition.language, pages=every, languages=exhibition.languages)


def robots(base: str) -> str:
    """Everything is for everyone."""
    return f"User-agent: *\nAllow: /\nSitemap: {whole(base, 'sitemap.xml')}\n"
