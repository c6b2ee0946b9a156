"""What axe-core and HTML_CodeSniffer find on a page and in the frames within it."""

from playwright.sync_api import Frame, Page

from tests.conftest import PROJECT_ROOT

AXE = PROJECT_ROOT / "node_modules/axe-core/axe.min.js"
HTMLCS = PROJECT_ROOT / "node_modules/html_codesniffer/build/HTMLCS.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Each frame by itself: within the page axe would wait for an answer that the map's guard doesn't let through.
RUN_AXE = """async ([tags, pageRules]) => {
  const rules = Object.fromEntries(pageRules.map((rule) => [rule, { enabled: false }]));
  const options = { runOnly: tags, rules, iframes: false, resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => [`axe ${id}`, String(target), html]));
}"""
# Of a page as a whole: in a frame axe itself doesn't apply them.
PAGE_RULES = ["bypass", "landmark-one-main", "page-has-heading-one", "region"]
# The page “About” gives the reasons: Streamlit's main element spans header and navigation too; and WCAG itself names
# pins of a map, in 2.5.8, as targets whose place is essential.
EXCEPTIONS = (("axe aria-allowed-role", 'id="stMain"'), ("axe target-size", "tour-pin"))
RUN_HTMLCS = """() => new Promise((resolve) => HTMLCS.process("WCAG2AA", document, () => {
  const errors = HTMLCS.getMessages().filter(({ type }) => type === HTMLCS.ERROR);
  resolve(errors.map(({ code, element }) => [`HTMLCS ${code}`, element.localName, element.outerHTML.slice(0, 200)]));
}))"""


def violations(page: Page) -> list[tuple[str, str, str]]:
    """Rule, element and markup of each, in the page and its frames."""
    return [each for frame in page.frames for each in _in_frame(frame)]


def _in_frame(frame: Frame) -> list[tuple[str, str, str]]:
    for name, script in (("axe", AXE), ("HTMLCS", HTMLCS)):
        if not frame.evaluate("name => name in window", name):
            frame.evaluate(script.read_text("utf-8"))
    page_rules = PAGE_RULES if frame.parent_frame else []
    results = [*frame.evaluate(RUN_AXE, [TAGS, page_rules]), *frame.evaluate(RUN_HTMLCS)]
    return [each for each in map(tuple, results) if not _is_exception(*each)]


def _is_exception(rule: str, target: str, html: str) -> bool:
    # axe shortens long attributes.
    return any(rule == name and part in f"{target} {html}" for name, part in EXCEPTIONS)
