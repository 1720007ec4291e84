"""The messages about photos that cannot be published; `{detail}` is a format or a size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bulletins.gallery.images import Reason
from bulletins.gallery.renditions import Format
from bulletins.mistakes import Message


def _message(code: str, vi: tuple[str, str], en: tuple[str, str]) -> Message:
    """A message from what is wrong and how to mend it, in both languages."""
    return Message(code, f"ảnh “{{file}}”: {vi[0]}; {vi[1]}.", f"photo “{{file}}”: {en[0]}; {en[1]}.")


_MESSAGES: dict[Reason, Message] = {
    "missing": _message(
        "PH1",
        (
            "không có tệp ảnh này trong thư mục của bản tin",
            "hãy chép ảnh vào cạnh tệp index.md, hoặc sửa lại tên tệp cho đúng từng chữ",
        ),
        ("there is no such file in the bulletin's folder", "copy it beside index.md, or correct its name"),
    ),
    "not_a_file": _message(
        "PH2",
        (
            "không phải một tệp ảnh thường mà là thư mục hoặc liên kết",
            "hãy chép chính tệp ảnh vào thư mục của bản tin",
        ),
        ("it is no ordinary file but a folder or a link", "copy the photo itself into the bulletin's folder"),
    ),
    "empty": _message(
        "PH3",
        ("tệp ảnh rỗng (0 byte)", "hãy chép lại ảnh gốc từ máy ảnh hoặc điện thoại"),
        ("the file is empty", "copy the original from the camera or telephone again"),
    ),
    "not_an_image": _message(
        "PH4",
        (
            "nội dung không phải là ảnh, dù tên tệp có đuôi của ảnh (có thể là một trang web được lưu nhầm)",
            "hãy mở ảnh gốc và lưu lại dưới dạng JPEG hoặc PNG",
        ),
        ("it is not a picture, whatever its name says", "open the original and save it as JPEG or PNG"),
    ),
    "heic": _message(
        "PH5",
        (
            "ảnh ở định dạng HEIC của điện thoại, máy này chưa cài phần đọc HEIC",
            "hãy xuất ảnh sang JPEG rồi dùng tệp .jpg (trên iPhone chọn Cài đặt → Camera → Định dạng → Tương thích "
            "nhất để các ảnh sau là JPEG), hoặc nhờ người quản trị chạy `.venv/bin/pip install pillow-heif`",
        ),
        (
            "it is HEIC, and this machine has no reader for it",
            "export it as JPEG (on an iPhone: Settings → Camera → Formats → Most Compatible), or have "
            "`.venv/bin/pip install pillow-heif` run",
        ),
    ),
    "format": _message(
        "PH6",
        (
            "định dạng {detail} không dùng được cho ảnh của bản tin",
            "hãy lưu lại thành JPEG (ảnh chụp) hoặc PNG (hình vẽ, ảnh màn hình)",
        ),
        ("the format {detail} is not taken", "save it as JPEG (photos) or PNG (drawings, screenshots)"),
    ),
    "too_many_pixels": _message(
        "PH7",
        (
            "ảnh quá lớn: {detail} điểm ảnh, vượt mức trang cho phép",
            "hãy thu nhỏ ảnh, ví dụ còn 6000 điểm ảnh ở cạnh dài, rồi lưu lại",
        ),
        ("it has too many pixels: {detail}", "make it smaller, say 6000 pixels on its long side, and save it again"),
    ),
    "too_many_bytes": _message(
        "PH8",
        ("tệp ảnh quá nặng: {detail}", "hãy lưu lại thành JPEG; ảnh chụp thường không quá 20 MB"),
        ("the file is too heavy: {detail}", "save it as JPEG; photos rarely exceed 20 MB"),
    ),
    "truncated": _message(
        "PH9",
        ("ảnh bị cắt mất phần cuối, có lẽ vì lần chép hoặc gửi trước chưa xong", "hãy chép lại ảnh gốc"),
        ("its end is missing, perhaps because copying was interrupted", "copy the original again"),
    ),
    "damaged": _message(
        "PH10",
        (
            "ảnh bị hỏng, không đọc được",
            "hãy chép lại ảnh gốc, hoặc mở bằng phần mềm xem ảnh rồi lưu thành tệp JPEG mới",
        ),
        ("it is damaged", "copy the original again, or open it in a picture viewer and save it as a new JPEG"),
    ),
}
UNFIT: Mapping[Reason, Message] = MappingProxyType(_MESSAGES)

CHANGED = _message(
    "PH11",
    ("ảnh bị thay đổi trong lúc trang đang được dựng", "hãy chạy lại lệnh khi việc chép ảnh đã xong"),
    ("it changed while the site was being built", "run the command again when copying is finished"),
)

WRONG_ENDING = replace(
    _message(
        "PH12",
        (
            "tệp thật ra là {detail}, không đúng với đuôi của tên; trang vẫn dùng được ảnh này",
            "hãy đổi đuôi tên tệp cho đúng để người khác khỏi nhầm",
        ),
        ("it is really {detail}, whatever its name says; it is used all the same", "rename it, lest others be misled"),
    ),
    level="warning",
)
WORDS_IN_FILE = replace(
    _message(
        "PH13",
        (
            "trong tệp ảnh có ghi sẵn lời, trang không đăng lời đó",
            "nếu lời đúng với ảnh, hãy thêm vào mục của ảnh này trong `photos`: {detail}",
        ),
        (
            "its file has words in it, which are not published",
            "if they are right, add to its entry in `photos`: {detail}",
        ),
    ),
    level="warning",
)
ENDINGS: Mapping[Format, tuple[str, ...]] = MappingProxyType(
    {
        "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"),
        "PNG": (".png", ".apng"),
        "WEBP": (".webp",),
        "TIFF": (".tif", ".tiff"),
        "GIF": (".gif",),
        "AVIF": (".avif", ".avifs"),
        "HEIF": (".heic", ".heif", ".hif"),
    }
)
