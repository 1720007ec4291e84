"""Files attached to a bulletin: what they are is told by their content, and none that could run something goes out."""

from __future__ import annotations

import io
import zipfile

import pytest

from bulletins.reading.attachments import TYPES, Content, look, public_name

CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>Trần Thị Mẫu</dc:creator>'
    "<cp:lastModifiedBy>Lê Văn Mẫu</cp:lastModifiedBy></cp:coreProperties>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def packed(**parts: str) -> bytes:
    """An archive; `__` in a name stands for `/`, and `_dot_` for a full stop."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return data.getvalue()


WORD = packed(**{"[Content_Types]_dot_xml": "<Types/>", "word__document_dot_xml": "<w/>"})
EXCEL = packed(**{"[Content_Types]_dot_xml": "<Types/>", "xl__workbook_dot_xml": "<w/>"})


@pytest.mark.parametrize(
    ("data", "ending", "expected"),
    [
        (b"%PDF-1.7\n%%EOF", ".pdf", Content(".pdf")),
        (b"%PDF-1.4\n<</Author (Tran Thi Mau)>>", ".pdf", Content(".pdf", authors=("Tran Thi Mau",))),
        (b"%PDF-1.4\n<</Author <FEFF004C00EA>>>", ".pdf", Content(".pdf", authors=("Lê",))),
        (b"%PDF-1.4\n<</OpenAction <</S /JavaScript /JS (app.alert(1))>>>>", ".pdf", Content(".pdf", runs=True)),
        (b"%PDF-1.4\n<</S /Launch /F (a.exe)>>", ".pdf", Content(".pdf", runs=True)),
        (WORD, ".docx", Content(".docx")),
        (EXCEL, ".xlsx", Content(".xlsx")),
        (EXCEL, ".docx", Content(".xlsx")),
        (
            packed(**{"[Content_Types]_dot_xml": "", "word__a_dot_xml": "", "docProps__core_dot_xml": CORE}),
            ".docx",
            Content(".docx", authors=("Trần Thị Mẫu", "Lê Văn Mẫu")),
        ),
        (
            packed(**{"[Content_Types]_dot_xml": "", "word__a_dot_xml": "", "word__vbaProject_dot_bin": "x"}),
            ".docx",
            Content(".docx", runs=True),
        ),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), ".odt", Content(".odt")),
        (
            packed(mimetype="application/vnd.oasis.opendocument.text", Basic__a_dot_xml="x"),
            ".odt",
            Content(".odt", True),
        ),
        (OLE, ".doc", Content(".doc")),
        (OLE + "_VBA_PROJECT".encode("utf-16-le"), ".xls", Content(".xls", True)),
        ("đơn vị,điểm\n".encode(), ".csv", Content(".csv")),
        (b"a\0b", ".csv", Content(None)),
        (packed(readme="x"), ".docx", Content(None)),
        (b"PK\x03\x04 cut", ".docx", Content(None)),
        (b"<html><script>alert(1)</script>", ".pdf", Content(None)),
        (b"MZ\x90\0", ".doc", Content(None)),
        (b"", ".pdf", Content(None)),
    ],
)
def test_a_file_is_what_it_holds(data: bytes, ending: str, expected: Content) -> None:
    assert look(data, ending) == expected


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("ke-hoach.pdf", "ke-hoach.pdf"),
        ("Kế hoạch số 12 (bản ký).PDF", "ke-hoach-so-12-ban-ky.pdf"),
        ("Điểm.thi đua.xlsx", "diem-thi-dua.xlsx"),
        ("…….docx", "tep.docx"),
    ],
)
def test_an_attached_file_has_an_address_of_plain_letters(file: str, name: str) -> None:
    assert public_name(file) == name


def test_every_ending_has_a_media_type_of_its_own() -> None:
    assert len(set(TYPES.values())) == len(TYPES)
