"""For those who find their way by machine: the sitemap, and what robots may read."""

from tour.model import Exhibition
from tour.templating import render
from tour.urls import absolute_url
from tour.views.routing import all_pages


def sitemap(exhibition: Exhibition, base: str) -> str:
    """Every page in every language, each with what it is called in the others."""
    every = [
        {each: absolute_url(base, page.address_in(each)) for each in (*exhibition.languages, None)}
        for page in all_pages(exhibition)
    ]
    return render("sitemap.xml", exhibition.language, pages=every, languages=exhibition.languages)


def robots(base: str) -> str:
    """Everything is for everyone."""
    return f"User-agent: *\nAllow: /\nSitemap: {absolute_url(base, 'sitemap.xml')}\n"
