"""Fields are set in a curator's file, and nothing else of it changes."""

import pytest

from tour.curation.commons.toml_edit import TomlEditError, set_fields

FILE = """+++
title = "The Quay"   # by the water
figures_note = 'none'

[[figures]]
image = "drawing.png"
alt = "A quay"

  [[figures]]   # the photograph
  # Ask Jane first.
  commons = "File:Quay.jpg"
  alt = 'Another "quay"'
  credit = 'Nobody'  # to be mended

# The rest of the world
[[links]]
title = "[[figures]]"
+++

image = "not a field"  \t

[[figures]]
"""
FIELDS = {"image": "quay-photo.jpg", "credit": 'Jane "J" \\ Doe'}


def test_a_field_is_replaced_where_it_stands_and_a_new_one_comes_below():
    edited = set_fields(FILE, "figures", 2, FIELDS, after="commons")

    assert edited == FILE.replace('"File:Quay.jpg"\n', '"File:Quay.jpg"\n  image = "quay-photo.jpg"\n').replace(
        "'Nobody'  #", r'"Jane \"J\" \\ Doe"  #'
    )


def test_line_ends_stay():
    file = FILE.replace("\n", "\r\n")

    edited = set_fields(file, "figures", 2, FIELDS, after="commons")

    assert edited.replace("\r\n", "\n") == set_fields(FILE, "figures", 2, FIELDS, after="commons")
    assert edited.count("\n") == edited.count("\r\n")


def test_a_byte_order_mark_stays():
    assert set_fields("\ufeff" + FILE, "figures", 2, FIELDS, after="commons")[:4] == "\ufeff+++"


def test_the_same_again_changes_nothing():
    once = set_fields(FILE, "figures", 2, FIELDS, after="commons")

    assert set_fields(once, "figures", 2, FIELDS, after="commons") == once


UNEDITABLE = {
    "a list on one line": '+++\nfigures = [{ commons = "File:Quay.jpg" }]\n+++\n',
    "words over several lines": '+++\n[[figures]]\ncommons = "File:Quay.jpg"\ncredit = """No\nbody"""\n+++\n',
    "a header among words": '+++\nlede = """\n[[figures]]\ncommons = "x"\n"""\n[[figures]]\ncommons = "y"\n+++\n',
    "a quoted name": '+++\n[[figures]]\ncommons = "File:Quay.jpg"\n"credit" = "Nobody"\n+++\n',
    "a number": '+++\n[[figures]]\ncommons = "File:Quay.jpg"\ncredit = 5\n+++\n',
    "not the field": '+++\n[[figures]]\nimage = "quay.png"\n+++\n',
    "no such figure": "+++\n+++\n",
}


@pytest.mark.parametrize("file", UNEDITABLE.values(), ids=UNEDITABLE)
def test_a_file_written_otherwise_is_left_alone(file):
    with pytest.raises(TomlEditError):
        set_fields(file, "figures", 1, FIELDS, after="commons")
