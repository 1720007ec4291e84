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
