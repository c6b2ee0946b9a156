"""Where static files lie: our own, and those of Streamlit and streamlit-folium."""

from importlib.metadata import distribution
from pathlib import Path

PROJECT_ROOT = Path(__file__).parent.parent
LOCALE_DIR = PROJECT_ROOT / "tour" / "locale"
STATIC_DIR = PROJECT_ROOT / "tour" / "static"  # style sheets, scripts, typefaces, emblem: served from /files/
STREAMLIT_STATIC_DIR = Path(str(distribution("streamlit").locate_file("streamlit/static")))
# The page in the map's frame. Looked for and not imported: outside a page Streamlit warns of that library.
FOLIUM_COMPONENT_DIR = Path(str(distribution("streamlit-folium").locate_file("streamlit_folium/frontend/build")))


def sans_font_path() -> str:
    """The address of Streamlit's Source Sans, relative to the site's root: pages without the app use it too."""
    fonts = sorted((STREAMLIT_STATIC_DIR / "static" / "media").glob("SourceSansVF-Upright*.woff2"))
    return f"static/media/{fonts[0].name}" if fonts else ""
