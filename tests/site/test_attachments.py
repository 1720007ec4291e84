"""A file attached to a bulletin, through a whole build: it stands beside the page, and goes when the bulletin goes."""

from __future__ import annotations

import hashlib
import json

from tests.site.conftest import Project

BULLETIN = "content/bulletins/2023/khoi-1-2023-pact"
ADDRESS = "ban-tin/khoi-1-2023-pact/ke-hoach-nam-2023.pdf"
DATA = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


def _attach(sample: Project, data: bytes = DATA) -> None:
    (sample.folder / BULLETIN / "Kế hoạch năm 2023.pdf").write_bytes(data)


def _edit(sample: Project, old: str, new: str) -> None:
    path = sample.folder / BULLETIN / "index.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_attached_file_goes_out_with_its_bulletin_changes_with_it_and_goes_with_it(sample: Project) -> None:
    _attach(sample)
    _edit(
        sample,
        "---\n\n",
        "attachments:\n  - {file: Kế hoạch năm 2023.pdf, title: Kế hoạch năm 2023, kind: kế hoạch}\n---\n\n",
    )
    _edit(sample, "## Giao ước", "Xem [kế hoạch](Kế%20hoạch%20năm%202023.pdf).\n\n## Giao ước")
    assert sample.build().returncode == 0
    files = sample.files()
    page = files["ban-tin/khoi-1-2023-pact/index.html"].decode()
    [entry] = json.loads(files["api/v1/bulletins/khoi-1-2023-pact.json"])["attachments"]

    assert files[ADDRESS] == DATA
    assert f'<a href="/{ADDRESS}">Kế hoạch năm 2023 (PDF, 1 kB)</a>' in page
    assert page.count(f'href="/{ADDRESS}"') == 2
    assert entry == {
        "url": f"https://thidua.example.vn/{ADDRESS}", "title": "Kế hoạch năm 2023", "kind": "ke_hoach", "lang": "vi",
        "type": "application/pdf", "bytes": len(DATA), "sha256": hashlib.sha256(DATA).hexdigest(),
    }  # fmt: skip

    _attach(sample, DATA + b"%")
    assert sample.build().returncode == 0
    assert sample.files()[ADDRESS] == DATA + b"%"

    _edit(
        sample,
        "id: khoi-1-2023-pact",
        "id: khoi-1-2023-pact\nstatus: withdrawn\nwithdrawn: {date: 2023-04-01, reason: Nhầm}",
    )
    assert sample.build().returncode == 0
    assert ADDRESS not in sample.files()
