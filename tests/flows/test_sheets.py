"""Coders' sheets: whatever a spreadsheet makes of them, they come back whole or are refused with the line."""

import pytest

from flows.gold.sheets import N_SHOWN, SheetError, read_sheet
from warehouse.judgements import Judgement

KNOWN = {"u1": None, "u2": None, "u3": None}
NOTHING_IN_IT = "has a voice or a note, but nothing in carried. Write yes, no or unsure there, or empty the others."
NO_VOICE = "voice is 'quoted', but carried is no. A frame that is not there has no voice: empty one of the two."
HEADER = "unit_id,sentence,carried,voice,note\n"


def read(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "sheet.csv"
    path.write_bytes(text.encode(encoding))
    return read_sheet(path, "Ada", KNOWN)


def says(unit_id, carried, voice=None, note=None):
    return Judgement(unit_id=unit_id, coder="Ada", carried=carried, voice=voice, note=note)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_as_spreadsheets_save_it(tmp_path, delimiter, encoding, newline):
    lines = [
        ["unit_id", "sentence", "Carried ", "voice", "note"],
        ["u1", '"Talks, and; more"', "YES", " outlet", '"two\nlines, «так»"'],
        ["u2", "A sentence", "unsure", "", ""],
        ["", "", "", "", ""],
        ["u3", "Another", "", "", ""],
    ]
    sheet = read(tmp_path, newline.join(delimiter.join(line) for line in lines), encoding)

    assert sheet.judgements == (says("u1", "yes", "outlet", "two\nlines, «так»"), says("u2", "unsure"))
    assert sheet.n_empty == 1


def test_columns_may_be_moved_left_out_or_added(tmp_path):
    assert read(tmp_path, "mine,carried,unit_id\nx,no,u3\n").judgements == (says("u3", "no"),)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("u9,x,yes,,", "no sample of this home has a unit 'u9'. Leave the column unit_id as it was handed out."),
        ("u1,x,no,,", "unit u1 was judged on a line above already. Keep one of the two."),
        ("u2,x,,quoted,", NOTHING_IN_IT),
        ("u2,x,,,hm", NOTHING_IN_IT),
        ("u2,x,1,,", "carried is '1'. Write yes, no or unsure, or leave it empty: not judged yet."),
        ("u2,x,yes,loud,", "voice is 'loud'. Write outlet, quoted, reported, rejected or scare, or leave it empty."),
        ("u2,x,no,quoted,", NO_VOICE),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_read(tmp_path, line, fault):
    """Line 4: the note of the line before takes two."""
    with pytest.raises(SheetError) as raised:
        read(tmp_path, f'{HEADER}u1,x,yes,,"a\nb"\n{line}\n')

    assert str(raised.value) == (
        f"{tmp_path / 'sheet.csv'}, line 4: {fault}\nMend the file and import it again. Nothing was imported."
    )


def test_faults_are_named_one_by_one_up_to_a_screenful(tmp_path):
    with pytest.raises(SheetError) as raised:
        read(tmp_path, HEADER + "u9,x,yes,,\n" * (N_SHOWN + 5))

    lines = str(raised.value).splitlines()
    assert len(lines) == N_SHOWN + 2
    assert lines[-2] == "... and 5 more."


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (b"", "line 1: there is no column unit_id and no column carried. The first line must name the columns"),
        (b"id,carried\n", "line 1: there is no column unit_id. The first line must name the columns"),
        (b'unit_id,carried\nu1,"yes\n', "line 2: not CSV (unexpected end of data). Save the sheet as CSV in UTF-8."),
        ("unit_id,carried\nu1,да\n".encode("cp1251"), "not UTF-8 (byte 19). Save the sheet as CSV in UTF-8."),
    ],
)
def test_what_is_no_sheet(tmp_path, content, finding):
    path = tmp_path / "sheet.csv"
    path.write_bytes(content)

    with pytest.raises(SheetError) as raised:
        read_sheet(path, "Ada", KNOWN)

    assert finding in str(raised.value)
    assert str(raised.value).startswith(str(path))


def test_no_file(tmp_path):
    with pytest.raises(SheetError) as raised:
        read_sheet(tmp_path / "none.csv", "Ada", KNOWN)

    assert str(raised.value) == (
        f"{tmp_path / 'none.csv'}: cannot be read (No such file or directory). Give a file that parley sample wrote."
    )
