"""The photos of the repository as they are published: clean to the last byte, and all that pages and data promise."""

from __future__ import annotations

import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from bulletins.gallery.gate import TEXTS, Originals, look
from tests.site.conftest import ROOT, Project
from tools.standins.metadata import COMMENT, MAKE, MODEL, SERIAL

ORIGINALS = sorted((ROOT / "content" / "bulletins").rglob("*.jpg"))
ANYWHERE = frozenset({""})
HASHES = Originals({hashlib.sha256(path.read_bytes()).hexdigest(): ANYWHERE for path in ORIGINALS})


def test_no_byte_of_any_published_file_tells_of_an_original(real: Project) -> None:
    files = real.files()
    refused = {path: why for path, data in files.items() if (why := look(path, data, HASHES, credit=False))}
    words = [word.encode() for word in (COMMENT, MAKE, MODEL, SERIAL)]

    assert refused == {}
    assert [path for path, data in files.items() if any(word in data for word in words)] == []
    assert len([path for path in files if PurePosixPath(path).suffix not in TEXTS]) > len(ORIGINALS)


def test_every_photo_has_its_files_in_three_formats_and_two_crops(real: Project) -> None:
    names = [path for path in real.files() if path.startswith("anh/") and PurePosixPath(path).suffix in FORMATS]

    assert {suffix: sum(name.endswith(suffix) for name in names) for suffix in FORMATS} == {
        ".avif": 3 * len(ORIGINALS),
        ".webp": 3 * len(ORIGINALS),
        ".jpg": 5 * len(ORIGINALS),
    }


FORMATS = (".avif", ".webp", ".jpg")


def test_every_gallery_has_an_archive_with_all_its_photos_and_their_captions(real: Project) -> None:
    files = real.files()
    archives = {path: data for path, data in files.items() if path.endswith(".zip")}
    for path, data in archives.items():
        with zipfile.ZipFile(BytesIO(data)) as packed:
            told = json.loads(packed.read("chu-thich.json"))
            assert packed.testzip() is None
            assert [photo["file"] for photo in told["photos"]] == packed.namelist()[2:]
        bulletin = json.loads(files[f"api/v1/bulletins/{PurePosixPath(path).stem}.json"])
        assert [photo["caption"] for photo in told["photos"]] == [photo["caption"] for photo in bulletin["photos"]]

    assert len(archives) == len({path.parent for path in ORIGINALS})


def test_every_file_that_a_manifest_names_is_published(real: Project) -> None:
    files = real.files()
    manifests = [data.decode() for path, data in files.items() if path.endswith("/manifest.json")]
    named = {word for text in manifests for word in text.split('"') if word.startswith("https://thidua.example.vn/")}
    paths = {word.removeprefix("https://thidua.example.vn/") for word in named if "/canvas/" not in word}

    assert len(manifests) == 5
    assert [path for path in sorted(paths) if path not in files and f"{path}index.html" not in files] == []
