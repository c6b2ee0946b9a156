"""Fields by names that they had once: each is reported with its new name, in the original and in translations."""

import re

import pytest

from tests import full_exhibition
from tests.full_exhibition import LESSON
from tests.sample_exhibition import GERMAN_QUAY, QUAY, SOURCES, replace_once
from tour.content.problems import ContentError
from tour.content.renamed_fields import RENAMED_FIELDS
from tour.curation.scaffold import TEMPLATE_DIR
from tour.validation.validate import load_all_languages

# File, what stands there, the old name in its place, the field as it is reported, its new name.
OLD_NAMES = (
    ("sources.toml", "accessed =", "seen =", "ledger.seen", "accessed"),
    ("exhibition.toml", "synonyms =", "same_names =", "same_names", "synonyms"),
    ("exhibition.toml", "[tile_layer]", "[streets]", "streets", "tile_layer"),
    ("exhibition.toml", "visible =", "on =", "tile_layer.on", "visible"),
    ("exhibition.toml", "[[redirects]]", "[[renamed]]", "renamed", "redirects"),
    ("exhibition.toml", "old =", "was =", "redirects[1].was", "old"),
    ("exhibition.toml", "new =", "now =", "redirects[1].now", "new"),
    ("exhibition.toml", "quote =", "words =", "status.words", "quote"),
    ("exhibition.toml", 'text = "There', 'words = "There', "prologue.words", "text"),
    ("exhibition.toml", 'text = "By', 'words = "By', "about[1].words", "text"),
    ("exhibition.de.toml", "source_hash =", "of =", "of", "source_hash"),
    ("exhibition.de.toml", "[tile_layer]", "[streets]", "streets", "tile_layer"),
    ("exhibition.de.toml", 'text = "1898', 'words = "1898', "prologue.words", "text"),
    ("exhibition.de.toml", 'text = "Von', 'words = "Von', "about[1].words", "text"),
    (QUAY, "our_position =", "ours =", "claims[1].ours", "our_position"),
    (QUAY, "description =", "what =", "events[1].what", "description"),
    (QUAY, "[[comparisons]]", "[[pairs]]", "pairs", "comparisons"),
    (QUAY, "[[detail_images]]", "[[close_views]]", "close_views", "detail_images"),
    (QUAY, "text =", "words =", "detail_images[1].regions[1].words", "text"),
    (GERMAN_QUAY, "source_hash =", "of =", "of", "source_hash"),
    (GERMAN_QUAY, "our_position =", "ours =", "claims[1].ours", "our_position"),
    (GERMAN_QUAY, "description =", "what =", "events[1].what", "description"),
    (GERMAN_QUAY, "[[comparisons]]", "[[pairs]]", "pairs", "comparisons"),
    (GERMAN_QUAY, "text =", "words =", "detail_images[1].regions[1].words", "text"),
    ("lesson.md", 'text = "Look', 'words = "Look', "steps[1].words", "text"),
    ("lesson.md", 'text = "Ask', 'words = "Ask', "questions[1].words", "text"),
    ("lesson.de.md", "source_hash =", "of =", "of", "source_hash"),
    ("sources.de.toml", "source_hash =", "of =", "of", "source_hash"),
)


@pytest.fixture
def folders(tmp_path):
    data, media = full_exhibition.write(tmp_path)
    (data / "lesson.de.md").write_text(LESSON.replace("+++\n", '+++\nsource_hash = "00000000"\n', 1), "utf-8")
    replace_once(data, "sources.de.toml", "[ledger]", 'source_hash = "00000000"\n\n[ledger]')
    return data, media


def problems(folders) -> str:
    with pytest.raises(ContentError) as caught:
        load_all_languages(*folders)
    return str(caught.value)


@pytest.mark.parametrize(("file", "new_text", "old_text", "field", "new"), OLD_NAMES)
def test_a_field_by_its_old_name_is_reported_with_the_new_one(folders, file, new_text, old_text, field, new):
    replace_once(folders[0], file, new_text, old_text)

    old = field.rpartition(".")[-1]
    message = f"{file}: {field} is called {new} now.\n    Rename it: write {new} in place of {old}."
    assert problems(folders) == f"{message}\n1 problem in the content."


def test_every_field_that_was_renamed_is_tried():
    tried = {(field.rpartition(".")[-1], new) for *_, field, new in OLD_NAMES}

    assert tried == {pair for names in RENAMED_FIELDS.values() for pair in names.items()}


def test_all_old_names_are_reported_at_once(folders):
    for file in {file for file, *_ in OLD_NAMES if file.endswith((".toml", ".md")) and ".de." not in file}:
        for _, new_text, old_text, *_ in (entry for entry in OLD_NAMES if entry[0] == file):
            replace_once(folders[0], file, new_text, old_text)

    reported = problems(folders)

    assert "exhibition.toml: renamed[1].was is called old now." in reported
    assert f"{QUAY}: close_views[1].regions[1].words is called text now." in reported
    assert reported.count(" is called ") == len([file for file, *_ in OLD_NAMES if ".de." not in file])
    assert "is not a field of" not in reported and "is missing" not in reported


@pytest.mark.parametrize(
    ("file", "new_text", "old_text", "field", "new"), [entry for entry in OLD_NAMES if "[" not in entry[1]]
)
def test_an_old_name_beside_the_new_one_is_to_be_taken_out(folders, file, new_text, old_text, field, new):
    old = field.rpartition(".")[-1]
    end = ", " if ".regions" in field and file == QUAY else "\n"
    replace_once(folders[0], file, new_text, f"{old} = false{end}{new_text}")

    message = f"{file}: {field} is called {new} now, and stands there by that name too.\n    Take {old} out."
    assert problems(folders) == f"{message}\n1 problem in the content."


def test_an_old_table_beside_the_new_one_is_to_be_taken_out(folders):
    replace_once(folders[0], "exhibition.toml", "[tile_layer]", '[streets]\nname = "Streets"\n\n[tile_layer]')

    message = "exhibition.toml: streets is called tile_layer now, and stands there by that name too."
    assert problems(folders) == f"{message}\n    Take streets out.\n1 problem in the content."


def test_a_source_may_be_called_like_an_old_field(folders):
    replace_once(folders[0], "sources.toml", "[ledger]", "[streets]")
    replace_once(folders[0], "sources.de.toml", "[ledger]", "[streets]")

    assert "is called" not in problems(folders)


@pytest.mark.parametrize("name", ["of", "source_hash"])
@pytest.mark.parametrize("is_translated", [True, False])
def test_a_source_is_not_called_like_the_hash_of_a_translation(folders, name, is_translated):
    (folders[0] / "sources.de.toml").unlink()
    with (folders[0] / "sources.toml").open("a", encoding="utf-8") as file:
        file.write(SOURCES.replace("[ledger]", f"[{name}]"))
    if is_translated:
        (folders[0] / "sources.de.toml").write_text(f'[{name}]\nnote = "Alt."\n', "utf-8")

    message = f"sources.toml: {name} can't be the name of a source: a translation has its hash under it."
    assert problems(folders).startswith(f"{message}\n    Give the source another name, and cite it by that.")


@pytest.mark.parametrize(("file", "table"), [("exhibition.toml", "the exhibition"), (QUAY, "a stop")])
def test_the_hash_of_a_translation_is_no_field_of_an_original_by_its_old_name_either(folders, file, table):
    replace_once(folders[0], file, "title =", 'of = "00000000"\ntitle =')

    assert f"{file}: of is not a field of {table}." in problems(folders)
    assert "is called" not in problems(folders)


def test_what_a_new_exhibition_begins_with_has_no_old_names():
    texts = [path.read_text("utf-8") for path in TEMPLATE_DIR.rglob("*") if path.suffix in (".toml", ".md")]
    old = {name for names in RENAMED_FIELDS.values() for name in names}

    fields = {name for text in texts for name in re.findall(r"^(?:# )?\[*(\w+)(?:\]| =)", text, re.MULTILINE)}
    assert {"accessed", "our_position", "quote"} <= fields
    assert fields & old == set()
