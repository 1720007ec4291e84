"""What is said when the site that is out and the content disagree."""

from __future__ import annotations

from bulletins.mistakes import Message

VANISHED = Message(
    "W3",
    "bản tin `{id}` đã đăng, nay không còn (bị xóa, đổi mã, hoặc chuyển về nháp, hẹn giờ); khôi phục lại, hoặc đổi mã"
    " thì ghi `former_ids: {id}` ở bản tin mang mã mới (đã có dòng ấy thì thêm vào cuối), hoặc nếu muốn gỡ thì giữ tệp"
    " và ghi `status: withdrawn` với `withdrawn:` gồm `date:` và `reason:`",
    "the bulletin `{id}` was published and is gone (deleted, renamed, made a draft or put off); bring it back, or if"
    " its id was changed write `former_ids: {id}` in the bulletin with the new one (at the end of the line if it is"
    " there), or to withdraw it keep the file with `status: withdrawn` and `withdrawn:` with `date:` and `reason:`",
)
VANISHED_HERE = Message(
    "W3",
    "bản tin `{id}` có trong lần dựng trước trên máy này ({file}, lúc {hour}), nay không còn (bị xóa, đổi mã, hoặc"
    " chuyển về nháp, hẹn giờ); nếu đã công khai thì khôi phục lại, hoặc đổi mã thì ghi"
    " `former_ids: {id}` ở bản tin mang mã mới (đã có dòng ấy thì thêm vào cuối), hoặc muốn gỡ thì giữ tệp"
    " và ghi `status: withdrawn` với `withdrawn:` gồm `date:` và `reason:`; nếu chưa"
    " ai thấy thì chạy `python3 tasks.py build --forget {id}`",
    "the bulletin `{id}` was in the last build of this machine ({file}, at {hour}) and is gone (deleted, renamed, made"
    " a draft or put off); if it is public bring it back, or if its id was changed write `former_ids: {id}` in"
    " the bulletin with the new one (at the end of the line if it is there), or to withdraw it keep the file"
    " with `status: withdrawn` and `withdrawn:` with `date:` and `reason:`; if nobody"
    " has seen it run `python3 tasks.py build --forget {id}`",
)
PAGE_VANISHED = Message(
    "W6",
    "trang `/{id}/` đã đăng, nay không còn tệp này; địa chỉ đã đăng không tự mất: khôi phục tệp, hoặc viết lại trong"
    " tệp rằng trang không còn dùng",
    "the page `/{id}/` was published and this file is gone; an address never disappears: bring it back, or let it say"
    " that the page is no longer kept",
)
PAGE_VANISHED_HERE = Message(
    "W6",
    "trang `/{id}/` có trong lần dựng trước trên máy này ({file}, lúc {hour}), nay không còn tệp này; khôi phục tệp,"
    " hoặc nếu chưa ai thấy thì chạy `python3 tasks.py build --forget {id}`",
    "the page `/{id}/` was in the last build of this machine ({file}, at {hour}) and this file is gone; bring it back,"
    " or if nobody has seen it run `python3 tasks.py build --forget {id}`",
)


def _missing_entry(vi: str, en: str) -> Message:
    return Message(
        "W6",
        f"{vi} `{{id}}` đã đăng, nay không còn trong danh bạ; khôi phục mục ấy (đổi tên thì thêm tên vào `names:`),"
        " hoặc đổi mã thì ghi `former_ids: {id}` ở mục mới, muốn gỡ thì giữ mục và ghi `withdrawn:` gồm `date:` và"
        " `reason:`",
        f"the {en} `{{id}}` was published and is no longer in the register; bring the entry back (a new name is added"
        " to `names:`), or write `former_ids: {id}` where it moved to, or to withdraw it keep the entry and write"
        " `withdrawn:` with `date:` and `reason:`",
    )


HOST_NO_UNIT = Message(
    "W6",
    "cơ quan `{id}` đã có trang đơn vị, nay không bản tin nào nêu nó ở chỗ của đơn vị; để trang ấy còn, thêm vào"
    " content/register/units.yaml: `- {{id: {id}, names: {name}}}`",
    "the host `{id}` has a page as a unit, and no bulletin names it in the place of one any more; to keep the page add"
    " to content/register/units.yaml: `- {{id: {id}, names: {name}}}`",
)
MISSING = {
    "ceremony": Message(
        "W6",
        "buổi lễ `{id}` đã đăng, nay không bản tin nào nêu mã ấy; ghi lại `ceremony:` với `id: {id}`",
        "the ceremony `{id}` was published, and no bulletin has its id any more; write `id: {id}` under `ceremony:`",
    ),
    "photo": Message(
        "W6",
        "ảnh `{id}` đã đăng, nay bản tin không còn; khai lại ảnh ấy ở `photos`, hoặc nếu tệp đổi tên thì thêm `id:` cũ"
        " (phần sau dấu `/`); muốn gỡ ảnh thì giữ mục của ảnh và ghi `withdrawn:` gồm `date:` và `reason:`",
        "the photo `{id}` was published and the bulletin has it no longer; list it in `photos` again, or if the file"
        " has another name add the old `id:` (what follows the `/`); to withdraw it keep its entry and write"
        " `withdrawn:` with `date:` and `reason:`",
    ),
    "bloc": _missing_entry("khối, cụm", "bloc"),
    "unit": _missing_entry("đơn vị", "unit"),
    "host": _missing_entry("cơ quan tổ chức", "host"),
    "movement": _missing_entry("phong trào", "movement"),
}
"""What is said of an object that vanished, by its type."""
