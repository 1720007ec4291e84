"""Messages about the text of a bulletin as it was typed: what was left out, what would be lost, where links lead."""

from __future__ import annotations

from bulletins.mistakes import Message

CHARACTER = Message(
    "F2",
    "“{about}” là ký tự không nhìn thấy hoặc không có thật; xóa đi",
    "“{about}” stands for a character that cannot be seen, or for none; delete it",
)
CONFLICT = Message(
    "K2",
    "dấu `{about}` của hai bản chưa hợp nhất (git); chọn một bản, rồi xóa các dòng <<<<<<<, ======= và >>>>>>>",
    "a mark `{about}` of two versions not yet merged (git); keep one, and delete these lines",
)
CELLS_MORE = Message(
    "K3",
    "hàng này có nhiều ô hơn hàng đầu bảng nên ô cuối sẽ mất; thêm cột ở đầu bảng, hoặc bớt ô: {about}",
    "this row has more cells than the head of the table, so the last would be lost; add a column or take a cell away",
)
CELLS_MERGED = Message(
    "K4",
    "hàng này có ô gộp hoặc thiếu ô; nếu cố ý thì để trống ô ấy giữa hai dấu |: {about}",
    "this row has merged or missing cells; if that is meant, leave the cell empty between two bars: {about}",
    "warning",
)
TABS = Message(
    "K4",
    "có vẻ là bảng dán từ Word, các cột sẽ dính vào nhau; viết thành bảng bằng dấu |, hoặc thành danh sách: {about}",
    "this looks like a table pasted from Word; write it with bars, or as a list: {about}",
    "warning",
)
COMMENT = Message(
    "K5",
    "ghi chú trong <!-- --> không được đăng; nếu là nội dung thì bỏ hai dấu ấy: {about}",
    "a note in <!-- --> is not published; if it belongs to the text, take the signs away: {about}",
    "warning",
)
COMMENT_OPEN = Message(
    "K5",
    "ghi chú mở bằng <!-- mà không đóng; thêm --> ở cuối ghi chú, hoặc xóa <!--",
    "a note is opened with <!-- and never closed; add --> at its end, or delete <!--",
)
FOOTNOTE_UNUSED = Message(
    "K6",
    "không chỗ nào trong bài dẫn tới chú thích {about}; ghi {about} vào sau chữ cần chú thích",
    "nothing in the text leads to the note {about}; write {about} after the words it is about",
    "warning",
)
FOOTNOTE_MISSING = Message(
    "K6",
    "bài không có chú thích {about}; thêm một dòng `{about}: …` ở cuối bài",
    "the text has no note {about}; add a line `{about}: …` at its end",
    "warning",
)
NO_ANCHOR = Message(
    "L2",
    "bài không có mục nào cho liên kết “{href}”; địa chỉ của mục là tiêu đề viết thường, không dấu, nối bằng gạch",
    "no heading of this text answers to “{href}”; its address is the heading in lower case, without marks, hyphenated",
)
NO_PAGE = Message(
    "L2",
    "trang này không có địa chỉ “{href}”; {near}sửa địa chỉ, hoặc bỏ liên kết",
    "the site has no address “{href}”; {near}mend the address, or take the link away",
)
OF_THIS_MACHINE = Message(
    "L3",
    "“{href}” chỉ mở được trên máy hoặc trong mạng của cơ quan; với trang của mình thì chỉ ghi phần từ dấu / trở đi",
    "“{href}” opens only on this machine or in this office; for a page of this site write only what begins with /",
)

NO_FILE = Message(
    "E1",
    "không thấy tệp “{file}” trong thư mục của bản tin; chép tệp vào đó, hoặc xóa mục này",
    "there is no file “{file}” in the bulletin's folder; copy it there, or delete this entry",
)
NO_FILE_BUT_NEAR = Message(
    "E1",
    "không thấy tệp “{file}” trong thư mục của bản tin; có phải “{near}”?",
    "there is no file “{file}” in the bulletin's folder; did you mean “{near}”?",
)
NOT_ATTACHABLE = Message(
    "E2",
    "“{file}” không thuộc loại tệp đính kèm được ({kinds}); lưu thành PDF rồi ghi tên tệp ấy",
    "“{file}” is of no kind that can be attached ({kinds}); save it as PDF and name that file",
)
OTHER_CONTENT = Message(
    "E2",
    "nội dung của “{file}” không đúng với đuôi tên tệp, hoặc tệp bị hỏng; mở tệp gốc và lưu lại đúng loại",
    "what is in “{file}” is of another kind than its name says, or damaged; open the original and save it anew",
)
FILE_SIZE = Message(
    "E2",
    "“{file}” trống hoặc quá lớn ({size} MB, tối đa 50 MB); nén ảnh trong tệp rồi lưu lại",
    "“{file}” is empty or too large ({size} MB, at most 50 MB); make the pictures in it smaller",
)
RUNS = Message(
    "E3",
    "“{file}” có macro hoặc mã chạy được nên không đăng; lưu lại dạng không macro, hoặc in ra PDF",
    "“{file}” holds macros or other code, so it is not published; save it without them, or print it to PDF",
)
AUTHORS = Message(
    "E4",
    "“{file}” còn ghi tên người soạn: {names}; nếu không muốn công khai thì xóa thuộc tính của tệp rồi lưu lại",
    "“{file}” names who wrote it in its properties: {names}; remove the properties if that should not be public",
    "warning",
)
SAME_ADDRESS = Message(
    "E5",
    "hai tệp đính kèm có chung địa chỉ “{name}”; đổi tên một tệp",
    "two attachments have the address “{name}”; rename one of them",
)
NOT_ATTACHED = Message(
    "E6",
    "tệp “{file}” không được đăng; muốn đăng thì thêm vào `attachments:` một dòng `- {{file: {file}, title: …}}`",
    "the file “{file}” is not published; to publish it add to `attachments:` a line `- {{file: {file}, title: …}}`",
    "warning",
)
PASSED_OVER = Message(
    "E6",
    "tệp “{file}” không thuộc bản tin và không được đăng; chuyển đi nơi khác nếu không cần",
    "the file “{file}” is no part of the bulletin and not published; move it away if it is not needed",
    "warning",
)
LINK_TO_UNLISTED = Message(
    "E7",
    "liên kết tới “{file}” nhưng tệp chưa được đăng; thêm vào `attachments:` một dòng `- {{file: {file}, title: …}}`",
    "a link to “{file}”, which is not published; add to `attachments:` a line `- {{file: {file}, title: …}}`",
)

NOTES = {
    "character": CHARACTER,
    "conflict": CONFLICT,
    "cells_more": CELLS_MORE,
    "cells_merged": CELLS_MERGED,
    "tabs": TABS,
    "comment": COMMENT,
    "comment_open": COMMENT_OPEN,
    "footnote_unused": FOOTNOTE_UNUSED,
    "footnote_missing": FOOTNOTE_MISSING,
}
"""The message for each kind of note of `typed`."""
