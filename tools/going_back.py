"""`python3 tasks.py publish --rollback`: the release before the present one is shown again, as a new one, unbuilt.

Whoever goes back is in a hurry: nothing here takes longer the more content there is, but for a look at every file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bulletins import urls
from bulletins.clock import now
from bulletins.indexes.refreshed import is_superseded, refreshed
from bulletins.memory.read import dumps_of, files_of_memory
from bulletins.publishing.packing import Coding
from bulletins.publishing.release import again
from bulletins.publishing.signing import SecretKey
from bulletins.publishing.sums import SERVER_SUMS, SIGNATURE, SUMS, read_sums
from bulletins.publishing.target import Target
from bulletins.shortcut.site import Site
from tools.brought import Brought, withdrawn_since
from tools.door import Fault
from tools.withheld import shown_of, withheld

_DATA = urls.API.lstrip("/")
_GALLERIES = urls.output_path(urls.api_catalogue("galleries", None, "")).removesuffix(".json")


def go_back(site: Site, target: Target, codings: Mapping[str, Coding], key: SecretKey | None) -> int:
    """Show the release before the present one again, as a new one; gives the exit code."""
    present = target.present() or 0
    earlier = max((number for number in target.kept() if number < present), default=0)
    if not earlier:
        raise Fault(
            f"{target.name}: không còn bản phát hành nào trước đó; hãy sửa nội dung rồi đăng như thường / "
            "no earlier release is kept; mend the content and publish."
        )
    before, shown = Brought(target, earlier), Brought(target)
    _refuse_withheld(site, target, earlier, withdrawn_since(before, shown))
    _bring_what_is_refreshed(before, shown)
    changed = refreshed(before, shown, now().isoformat(timespec="seconds"))
    sums, server_sums = (read_sums(before(name) or b"") for name in (SUMS, SERVER_SUMS))
    without = {path for path in (*sums, *server_sums) if path.startswith(_DATA) and is_superseded(path)} | {SIGNATURE}
    kept, server_kept = (
        {path: sha for path, sha in part.items() if path not in without} for part in (sums, server_sums)
    )
    release = again(kept, server_kept, changed, codings.values(), present + 1, key)
    target.show_again(earlier, release, without)
    print(
        f"{target.name}: đã trở lại bản phát hành {earlier}, nay là bản {release.number}. Nội dung chưa đổi: lần đăng "
        f"sau lại đưa nội dung hiện có ra; trở lại lần nữa thì bản {present} hiện lại / release {earlier} is shown "
        f"again, as {release.number}; going back once more shows {present} again."
    )
    if earlier < present - 1:
        print(
            f"Bản {present - 1} không còn được giữ (có bài nay đã gỡ hoặc hết hạn), nên trang lùi xa hơn lần đăng vừa "
            f"rồi; những bản tin ra sau bản {earlier} chỉ có lại khi chạy / release {present - 1} is kept no more, so "
            f"what came out after {earlier} is back only with: python3 tasks.py publish"
        )
    return 0


def _refuse_withheld(site: Site, target: Target, earlier: int, withdrawn: Sequence[str]) -> None:
    """Raise `Fault` for an earlier release that shows what has been withdrawn or has expired since.

    The content counts, if nobody has published it yet; `withdrawn` is what the present release says of it.
    """
    held = withheld(site.content, site.root, now())
    if held.unclear:
        raise Fault(
            f"{', '.join(held.unclear[:3])}: chưa rõ có gỡ bài hay không; hãy sửa rồi chạy lại / "
            "nobody can tell whether this withdraws something; mend it and run this again."
        )
    paths = {id_: urls.output_path(urls.api_bulletin(id_)) for id_ in held.ids}
    documents = target.read_all(paths.values(), earlier)
    showing = shown_of(held, {id_: json.loads(documents[path]) for id_, path in paths.items() if path in documents})
    if showing or withdrawn:
        raise Fault(
            f"Không trở lại được: bản cũ còn {', '.join([*showing, *withdrawn][:3])}, nay đã gỡ hoặc hết hạn / "
            "cannot go back: the earlier release shows what was withdrawn or expired since."
        )


def _bring_what_is_refreshed(before: Brought, shown: Brought) -> None:
    """Read at once what `refreshed` asks for, the log and what tells of it and of galleries; and the sums."""
    log = set(files_of_memory(shown)) - shown.shards().keys() - dumps_of(shown).keys()
    for release, more in ((before, {SUMS, SERVER_SUMS}), (shown, log)):
        shards = (path for path in release.shards() if is_superseded(path) or path.startswith(_GALLERIES))
        release.bring([*shards, *more])
