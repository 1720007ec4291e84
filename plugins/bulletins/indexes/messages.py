"""What is said when the site that is out and the content disagree."""

from __future__ import annotations

from bulletins.mistakes import Message

VANISHED = Message(
    "W3",
    "bản tin `{id}` đã đăng, nay không còn (bị xóa, đổi mã, hoặc chuyển về nháp, hẹn giờ); khôi phục lại, hoặc nếu muốn"
    " gỡ thì giữ tệp và ghi `status: withdrawn` với `withdrawn:` gồm `date:` và `reason:`",
    "the bulletin `{id}` was published and is gone (deleted, renamed, made a draft or put off); bring it back, or to"
    " withdraw it keep the file with `status: withdrawn` and `withdrawn:` with `date:` and `reason:`",
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


MISSING = {
    "ceremony": Message(
        "W6",
        "buổi lễ `{id}` đã đăng, nay không bản tin nào nêu mã ấy; ghi lại `ceremony:` với `id: {id}`",
        "the ceremony `{id}` was published, and no bulletin has its id any more; write `id: {id}` under `ceremony:`",
    ),
    "photo": Message(
        "W6",
        "ảnh `{id}` đã đăng, nay bản tin không còn; khai lại ảnh ấy ở `photos`, hoặc nếu tệp đổi tên thì thêm `id:` cũ"
        " (phần sau dấu `/`)",
        "the photo `{id}` was published and the bulletin has it no longer; list it in `photos` again, or if the file"
        " has another name add the old `id:` (what follows the `/`)",
    ),
    "bloc": _missing_entry("khối, cụm", "bloc"),
    "unit": _missing_entry("đơn vị", "unit"),
    "host": _missing_entry("cơ quan tổ chức", "host"),
    "movement": _missing_entry("phong trào", "movement"),
}
"""What is said of an object that vanished, by its type."""
