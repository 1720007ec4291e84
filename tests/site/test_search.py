"""Search as a part of a whole site: in no catalogue, and left out where a setting says so."""

from __future__ import annotations

from bulletins import urls
from tests.site.conftest import Project

INDEX = urls.SEARCH_INDEX.lstrip("/")


def test_the_index_is_on_the_site_and_in_no_catalogue(sample: Project) -> None:
    done = sample.build()
    files = sample.files()
    catalogue = [data for path, data in files.items() if path.startswith(("api/v1/index", "api/v1/catalogue/"))]

    assert done.returncode == 0, done.stderr
    assert {f"{INDEX}i/0.json", f"{INDEX}v/0.json", f"{INDEX}loc.json"} <= files.keys()
    assert len(catalogue) > 1
    assert not [data for data in catalogue if INDEX.encode() in data]
    assert b'action="/tim-kiem/"' in files["index.html"]
    assert not [name for name, data in files.items() if INDEX in name and b"http" in data]


def test_a_setting_leaves_search_out(sample: Project) -> None:
    conf = sample.folder / "conf.py"
    sample.build()
    conf.write_text(f"{conf.read_text(encoding='utf-8')}BULLETINS_SEARCH = False\n", encoding="utf-8")
    done = sample.build()
    files = sample.files()

    assert done.returncode == 0, done.stderr
    assert [path for path in files if path.startswith("tim-kiem/")] == []
    assert [path for path, data in files.items() if path.endswith(".html") and b'role="search"' in data] == []
    assert list((sample.folder / ".cache").glob("search-*/*")) == []
