"""The sitemap and robots.txt."""

from tour.model import Exhibition
from tour.templating import render
from tour.urls import absolute_url
from tour.views.routing import all_pages


def sitemap(exhibition: Exhibition, base: str) -> str:
    """Every page with its URLs in all languages."""
    pages = [
        {language: absolute_url(base, page.url_in(language)) for language in (*exhibition.languages, None)}
        for page in all_pages(exhibition)
    ]
    return render("sitemap.xml", exhibition.language, pages=pages, languages=exhibition.languages)


def robots(base: str) -> str:
    """Everything may be read by everyone."""
    return f"User-agent: *\nAllow: /\nSitemap: {absolute_url(base, 'sitemap.xml')}\n"
