"""`python3 tasks.py new`: asks what a new bulletin is about, and makes its folder and its first text."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from bulletins.domain.kinds import CEREMONIES
from bulletins.domain.library import Library
from bulletins.domain.record import UnknownName, is_no_bloc
from bulletins.domain.register import Bloc, Directory, Host, Register
from bulletins.settings import Settings
from bulletins.vietnamese.dates import DateError, PartialDate, read_partial_date
from bulletins.vietnamese.folding import nfc
from tools.contents import new_folder, read_all
from tools.door import cause, shown
from tools.registering import Ask, NewBloc, new_bloc
from tools.starting import Wish, conventional_id, first_text

T = TypeVar("T")
FEW = 20
"""Blocs that are listed without being asked for."""

_KIND = (
    "Loại lễ, hội nghị (số, mã, tên hoặc một phần của tên; nhiều loại thì cách nhau bằng dấu ; — ? để xem danh sách): "
)
_BLOC = "Khối, cụm (mã hoặc tên; không của khối nào thì ghi “không”; ? để xem danh sách): "
_YEAR = (
    "Năm (của giao ước, kế hoạch, hoặc năm được tổng kết; tổng kết và bàn năm sau thì ghi cả hai, ví dụ 2023; 2024): "
)
_ADD = "Gõ c để thêm “{name}” vào danh bạ, hoặc ghi mã hay tên khác: "
_HOST = "Khối do cơ quan nào tổ chức? (mã hoặc tên; chưa có trong danh bạ thì được thêm luôn): "
_HOST_OF_CEREMONY = "Buổi lễ do cơ quan nào tổ chức? (mã hoặc tên; chưa rõ thì bỏ trống): "
_DAY = "Ngày diễn ra (ví dụ 02/03/2023, hoặc tháng 3/2023; chưa rõ thì bỏ trống): "

_YES = frozenset({"c", "có", "co", "y", "yes"})
_FEWEST = 2
_MOST_YEARS = 2
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 80


class Unclear(Exception):
    """An answer that is not understood; the message says why and what to answer instead."""


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """What is asked where the flag was not given: how it is said and read, and what one can choose from, if listed."""

    flag: str
    text: str
    read: Callable[[str], T]
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Flags:
    """What was said on the command line; empty is not said."""

    kind: str = ""
    bloc: str = ""
    year: str = ""
    date: str = ""
    id: str = ""
    host: str = ""

    @property
    def enough(self) -> bool:
        """Whether nothing has to be asked."""
        return all((self.kind, self.bloc, self.year))


def new(root: Path, settings: Settings, flags: Flags, ask: Ask = input) -> int:
    """Make a bulletin below `root`, asking for what was not given; the exit code is 1 if the register has mistakes.

    2 means that nothing could be made; then and otherwise a line says why.
    """
    content, _ = read_all(root, settings)
    broken = [mistake for mistake in content.mistakes if mistake.path.startswith("content/register/")]
    if broken:
        return _say(1, *map(str, broken), "Danh bạ còn lỗi; sửa rồi chạy lại.")
    try:
        wish, added = wished(flags, content.library, ask)
        if added:
            added.add(root)
            content, _ = read_all(root, settings)
        path = write(root, wish, content.library)
    except (Unclear, FileExistsError) as why:
        return _say(2, str(why))
    except OSError as error:
        return _say(2, f"Không ghi được {shown(error.filename)}: {cause(error)}.")
    except EOFError:
        print(flush=True)  # the question that nobody answered stays on a line of its own
        return _say(2, "Chưa đủ câu trả lời. Không hỏi được ở đây thì ghi đủ --kind, --bloc và --year.")
    print(
        f"Đã tạo {path}\n"
        "Mở tệp, điền những chỗ ghi CẦN ĐIỀN, rồi kiểm tra: python3 tasks.py check\n"
        "Xem thử khi còn là bản nháp: python3 tasks.py serve --drafts"
    )
    return 0


def wished(flags: Flags, library: Library, ask: Ask) -> tuple[Wish, NewBloc | None]:
    """The bulletin that is wanted, with the bloc to add to the register where it is new.

    Each answer is asked for until it is understood. Raises `Unclear` for a bad id, and for a bad flag where nobody
    answers; the message then names the flag.
    """
    register, added = library.register, list[NewBloc]()

    def bloc_of(text: str) -> str:
        return _bloc_or_new(text, register, flags.host, ask, added)

    kind, *more_kinds = answered(Question("kind", _KIND, read_kinds, kinds()), flags.kind, ask)
    bloc = answered(Question("bloc", _BLOC, bloc_of), flags.bloc, ask)
    host = ""
    if not bloc and (flags.host or not flags.enough):
        host = answered(Question("host", _HOST_OF_CEREMONY, lambda text: read_host(text, register)), flags.host, ask)
    year, *later = answered(Question("year", _YEAR, read_years), flags.year, ask)
    date = None
    if flags.date or not flags.enough:
        date = answered(Question("date", _DAY, lambda text: read_day(text, year)), flags.date, ask)
    bulletin_id = _id(flags.id) if flags.id else checked_id(conventional_id(bloc or host, year, kind))
    wish = Wish(kind, bloc, year, date, bulletin_id, tuple(more_kinds), later[0] if later else None, host)
    return wish, added[-1] if added else None


def _bloc_or_new(text: str, register: Register, host: str, ask: Ask, added: list[NewBloc]) -> str:
    """The id of a bloc; one that the register lacks is added with its host, if that is wanted. Raises `Unclear`."""
    try:
        return read_bloc(text, register.blocs)
    except Unclear as why:
        if not isinstance(why.__cause__, UnknownName) or why.__cause__.ambiguous:
            raise
        if not host:
            print(why, file=sys.stderr)
            answer = _asked(ask, _ADD.format(name=text))
            if answer.casefold() not in _YES:
                return _bloc_or_new(nfc(answer), register, host, ask, added)
    new = new_bloc(text, nfc(host or _host(register, ask)), register)
    print(*filter(None, [new.host_entry, new.entry]), sep="\n")
    added.append(new)
    return new.id


def _host(register: Register, ask: Ask) -> str:
    """The host of a bloc that is to be added, by id or name. Raises `Unclear` where there is none."""
    listed = (f"  {id_}  {entry.name}" for id_, entry in register.hosts.items())
    host = _asked(ask, "\n".join([*listed, _HOST]))
    if not host:
        raise Unclear("Khối mới phải có cơ quan tổ chức.")
    return host


def _asked(ask: Ask, question: str) -> str:
    try:
        return ask(question).strip()
    except EOFError:
        line = "Khối mới thì ghi thêm --host với tên cơ quan tổ chức, để thêm cả hai vào danh bạ."
        raise Unclear(line) from None


def answered(question: Question[T], flag: str, ask: Ask) -> T:
    """What the question's `read` makes of the flag that was given, or else of the first answer that it understands.

    What one can choose from is listed with the first question, and again for “?”, but not after every wrong answer.
    """
    answer = flag or ask("\n".join(filter(None, (question.choices, question.text))))
    while True:
        try:
            if answer.strip() == "?" and question.choices:
                raise Unclear(question.choices)
            return question.read(nfc(answer.strip()))
        except Unclear as why:
            print(why, file=sys.stderr)
        try:
            answer = ask(question.text)
        except EOFError:
            if not flag:
                raise
            print(flush=True)
            line = f"--{question.flag} “{flag}”: không dùng được, xem lý do ở trên; sửa rồi chạy lại."
            raise Unclear(line) from None


def _id(flag: str) -> str:
    try:
        return checked_id(flag)
    except Unclear as why:
        raise Unclear(f"--id: {why}") from why


def kinds() -> str:
    """The kinds of ceremony with their numbers."""
    return "\n".join(f"{n:>3}  {term.code:<14} {term.vi}" for n, term in enumerate(CEREMONIES, 1))


def read_kinds(text: str) -> list[str]:
    """The codes of one kind or several, divided by semicolons or commas, each once in the order given."""
    try:
        return [read_kind(text)]
    except Unclear:
        parts = [part for part in re.split(r"[;,]", text) if part.strip()]
        if len(parts) < _FEWEST:
            raise
    return list(dict.fromkeys(read_kind(part.strip()) for part in parts))


def read_years(text: str) -> list[int]:
    """A year, or two in order: “2023; 2024” reviews the first and plans the second."""
    parts = re.findall(r"[^\s;,–-]+", text)
    years = sorted({read_year(part) for part in parts}) if len(parts) > 1 else [read_year(text)]
    if len(years) > _MOST_YEARS or years[-1] - years[0] > 1:
        raise Unclear(f"“{text}”: ghi một năm, hoặc hai năm liền nhau, ví dụ 2023; 2024.")
    return years


def read_kind(text: str) -> str:
    """The code of a kind, by its number in the list, its code, or its name or a part of it, with accents or without."""
    codes = CEREMONIES.codes
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= len(codes):
        return codes[int(text) - 1]
    if code := CEREMONIES.find(text):
        return code
    raise Unclear(_which_kind(text, CEREMONIES.having(text)))


def _which_kind(text: str, several: Sequence[str]) -> str:
    if several:
        return _listed(f"“{text}” có trong nhiều loại; ghi mã:", ((code, CEREMONIES[code].vi) for code in several))
    near = CEREMONIES.nearest(text)
    return f"Không có loại “{text}”; " + (
        f"có phải “{near}”?" if near else f"ghi một số từ 1 đến {len(CEREMONIES.codes)}."
    )


def read_bloc(text: str, blocs: Directory[Bloc]) -> str:
    """The id of a bloc of the register, by its id or any of its names; empty for a ceremony of no bloc."""
    if is_no_bloc(text):
        return ""
    if text in ("", "?"):
        raise Unclear(_listed("Các khối, cụm trong danh bạ:", ((id_, bloc.name) for id_, bloc in blocs.items())))
    try:
        return blocs.find(text)
    except UnknownName as unknown:
        if ";" in text:
            raise Unclear(f"“{text}”: ở đây ghi một khối; khối khác thêm sau, mỗi khối một dòng dưới `bloc`.") from None
        if unknown.ambiguous:
            raise Unclear(_listed(f"“{text}” là tên của nhiều khối; ghi mã:", unknown.candidates)) from unknown
        few = [(id_, bloc.name) for id_, bloc in blocs.items()] if len(blocs) <= FEW else []
        raise Unclear(_listed(f"Danh bạ chưa có “{text}”; có phải:", unknown.candidates or few)) from unknown


def read_host(text: str, register: Register) -> str:
    """The id of a host of the register, by its id or any of its names; empty where it is not known."""
    hosts: Directory[Host] = register.hosts
    try:
        return hosts.find(text) if text else ""
    except UnknownName as unknown:
        known = unknown.candidates or [(id_, host.name) for id_, host in hosts.items()]
        lines = [f"  {id_}  {name}" for id_, name in known]
        raise Unclear(
            "\n".join([f"Danh bạ chưa có “{text}”; ghi một tên dưới đây, hoặc bỏ trống:", *lines])
        ) from unknown


def _listed(title: str, bodies: Iterable[tuple[str, str]]) -> str:
    lines = [f"  {id_}  {name}" for id_, name in bodies]
    return "\n".join([title, *(lines or ["  (không có; khối mới thì thêm vào content/register/blocs.yaml trước)"])])


def read_year(text: str) -> int:
    """A year of four figures."""
    if not re.fullmatch(r"[0-9]{4}", text) or not 1945 <= int(text) <= 2200:
        raise Unclear(f"“{text}” không phải một năm; ghi bốn chữ số, ví dụ 2023.")
    return int(text)


def read_day(text: str, year: int) -> PartialDate | None:
    """A day, never month first, or its month or year; nothing if it is not known.

    A day without a year is asked for again with the year.
    """
    try:
        return read_partial_date(text) or None
    except DateError as error:
        if error.reason == "no_year":
            raise Unclear(f"“{text}” thiếu năm; có phải {error.day}/{error.month}/{year}?") from error
        if error.reason == "hour_not_wanted":
            raise Unclear(f"“{text}”: ở đây chỉ ghi ngày, bỏ phần giờ.") from error
        reason = "không có trong lịch" if error.reason == "impossible" else "không phải một ngày"
        raise Unclear(f"“{text}” {reason}; ghi ngày/tháng/năm, ví dụ 31/12/{year}.") from error


def checked_id(text: str) -> str:
    """The id, if it can be one (contract §1)."""
    if not _ID.fullmatch(text):
        raise Unclear(f"“{text}” không dùng làm mã được; chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối.")
    if len(text) > _LONGEST_ID:
        raise Unclear(f"Mã “{text}” dài quá {_LONGEST_ID} ký tự; tự đặt mã ngắn hơn bằng --id.")
    return text


def write(root: Path, wish: Wish, library: Library) -> str:
    """Write the first text and give its path from the root. Raises FileExistsError rather than touch what is there."""
    other = "Bản tin thứ hai về cùng việc thì tự đặt mã khác bằng --id."
    if wish.id in library.bulletins or wish.id in {bulletin.id for bulletin in library.withdrawn}:
        raise FileExistsError(f"Mã “{wish.id}” đã dùng cho một bản tin. {other}")
    folder = root / wish.folder
    if folder.exists():
        raise FileExistsError(f"Thư mục {wish.folder} đã có, không ghi đè. {other}")
    text = first_text(wish, library)
    with new_folder(folder):
        (folder / "index.md").write_text(text, encoding="utf-8", newline="\n")
    return f"{wish.folder}/index.md"


def _say(code: int, *lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return code
