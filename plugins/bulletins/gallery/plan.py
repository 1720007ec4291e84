"""The gallery's lines of the plan: photos measured, their mistakes named, one line for each photo."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from bulletins import urls
from bulletins.domain.pictures import PhotoSource, Picture
from bulletins.gallery.images import Reason, UnreadableImage, read, recipe, render
from bulletins.gallery.measures import measures
from bulletins.gallery.renditions import picture
from bulletins.mistakes import Mistake, Refused
from bulletins.plan import Output
from bulletins.settings import Settings

# Every way a photo can be unfit: its code, what is wrong, and what to do. `{detail}` names a format or a size.
MESSAGES: Mapping[Reason, tuple[str, str, str]] = {
    "missing": (
        "PH1",
        "không có tệp ảnh này trong thư mục của bản tin",
        "hãy chép ảnh vào cạnh tệp index.md, hoặc sửa lại tên tệp cho đúng từng chữ",
    ),
    "not_a_file": (
        "PH2",
        "không phải một tệp ảnh thường mà là thư mục hoặc liên kết",
        "hãy chép chính tệp ảnh vào thư mục của bản tin",
    ),
    "empty": ("PH3", "tệp ảnh rỗng (0 byte)", "hãy chép lại ảnh gốc từ máy ảnh hoặc điện thoại"),
    "not_an_image": (
        "PH4",
        "nội dung không phải là ảnh, dù tên tệp có đuôi của ảnh (có thể là một trang web được lưu nhầm)",
        "hãy mở ảnh gốc và lưu lại dưới dạng JPEG hoặc PNG",
    ),
    "heic": (
        "PH5",
        "ảnh ở định dạng HEIC của điện thoại, trang chưa nhận định dạng này",
        "hãy xuất ảnh sang JPEG rồi dùng tệp .jpg; trên iPhone chọn Cài đặt → Camera → Định dạng → Tương thích nhất "
        "để các ảnh sau là JPEG",
    ),
    "format": (
        "PH6",
        "định dạng {detail} không dùng được cho ảnh của bản tin",
        "hãy lưu lại thành JPEG (ảnh chụp) hoặc PNG (hình vẽ, ảnh màn hình)",
    ),
    "too_many_pixels": (
        "PH7",
        "ảnh quá lớn: {detail} điểm ảnh, vượt mức trang cho phép",
        "hãy thu nhỏ ảnh, ví dụ còn 6000 điểm ảnh ở cạnh dài, rồi lưu lại",
    ),
    "too_many_bytes": (
        "PH8",
        "tệp ảnh quá nặng: {detail}",
        "hãy lưu lại thành JPEG; ảnh chụp thường không quá 20 MB",
    ),
    "truncated": (
        "PH9",
        "ảnh bị cắt mất phần cuối, có lẽ vì lần chép hoặc gửi trước chưa xong",
        "hãy chép lại ảnh gốc",
    ),
    "damaged": (
        "PH10",
        "ảnh bị hỏng, không đọc được",
        "hãy chép lại ảnh gốc, hoặc mở bằng phần mềm xem ảnh rồi lưu thành tệp JPEG mới",
    ),
}

CHANGED = ("PH11", "ảnh bị thay đổi trong lúc trang đang được dựng", "hãy chạy lại lệnh khi việc chép ảnh đã xong")


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo fit to be published: where it is, the SHA-256 of its bytes in hex, and what it will become."""

    source: PhotoSource
    sha256: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo's file as an input of the plan: only its content counts, wherever the project's folder lies."""

    source: PhotoSource
    digest: str


def measure_photos(
    sources: Iterable[PhotoSource], settings: Settings, cache: Path | None = None
) -> tuple[tuple[Photo, ...], tuple[Mistake, ...]]:
    """Every publishable photo of `sources`, in their order, and a mistake for each of the others.

    `cache` is a file outside the output folder where measures are kept from build to build.
    """
    photos: list[Photo] = []
    mistakes: list[Mistake] = []
    with measures(cache, settings.pixel_budget) as known:
        for source in sources:
            try:
                measured = known.of(source.path)
            except UnreadableImage as unreadable:
                mistakes.append(_mistake(source, unreadable))
            else:
                photos.append(Photo(source, measured.sha256, picture(source, measured, settings)))
    return tuple(photos), tuple(mistakes)


def pictures(photos: Iterable[Photo]) -> dict[tuple[str, int], Picture]:
    """What pages and indexes need of photos, by bulletin id and the photo's number."""
    return {(photo.source.bulletin_id, photo.source.n): photo.picture for photo in photos}


def plan(photos: Iterable[Photo], settings: Settings) -> list[Output]:
    """One line for each photo, which makes all its renditions from one decoding."""
    version = recipe()
    return [
        Output(
            paths=tuple(urls.output_path(rendition.address) for rendition in photo.picture.renditions),
            make=make_renditions,
            inputs=(PhotoFile(photo.source, photo.sha256), photo.picture, settings.picture_quality),
            version=version,
        )
        for photo in photos
    ]


def make_renditions(photo: PhotoFile, picture: Picture, quality: int) -> list[bytes]:
    """The bytes of a picture's renditions; raises `Refused` if the photo is damaged or no longer the one planned."""
    try:
        data = read(photo.source.path)
        if hashlib.sha256(data).hexdigest() != photo.digest:
            raise Refused([_said(photo.source, *CHANGED)])
        return render(data, picture, quality)
    except UnreadableImage as unreadable:
        raise Refused([_mistake(photo.source, unreadable)]) from unreadable


def _mistake(source: PhotoSource, unreadable: UnreadableImage) -> Mistake:
    code, wrong, mend = MESSAGES[unreadable.reason]
    return _said(source, code, wrong.format(detail=unreadable.detail), mend)


def _said(source: PhotoSource, code: str, wrong: str, mend: str) -> Mistake:
    message = f"ảnh “{PurePath(source.path).name}”: {wrong}; {mend}."
    return Mistake(source.name, source.line, source.column, code, message)
