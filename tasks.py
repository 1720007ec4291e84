"""Every command of the project: `python3 tasks.py <task>`, or `invoke <task>` inside its environment.

Started as a program it needs nothing but Python and this folder: it makes `.venv` from the lock file, goes on as the
Python of that, and runs invoke there.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - old Pythons must be able to read as far as this line
    print("Cần Python 3.11 trở lên / Needs Python 3.11 or newer; this is " + sys.version.split()[0], file=sys.stderr)
    sys.exit(2)


def _without_a_door(kind: type, error: BaseException, trace: object) -> None:
    """The line for a fault that comes before `tools/door.py` is loaded, or from within it."""
    if kind is KeyboardInterrupt:
        line = "Đã dừng / Stopped."
    else:
        line = "Chương trình thiếu hoặc hỏng tệp, hãy chép lại cả thư mục / The program is broken, copy it again: "
        line += kind.__name__ + ": " + str(error)
    os.write(2, line.encode("utf-8", "replace") + b"\n")


def _command() -> "int | None":
    """Run the words of the command line: in the environment, if this is another Python."""
    from tools import environment

    environment.clean()
    environment.refuse_nonsense()
    if not environment.is_inside():
        environment.enter(sys.argv[1:])
    if sys.argv[1:] == ["build"]:
        from tools import building

        building.main([])  # without loading what only other commands need
    from tools import program

    return program.run(sys.argv[1:])


if __name__ == "__main__":
    sys.excepthook = _without_a_door
    # Python leaves this folder out where PYTHONSAFEPATH is set.
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    from tools import door

    door.run(_command)
    sys.exit("tools/door.py: tệp bị cắt, hãy chép lại chương trình / the file is cut short; copy the program again")

import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from invoke import Context, Exit, task

from tools import building, environment
from tools import chromium as browser

if TYPE_CHECKING:
    from bulletins.settings import Settings

ROOT = environment.ROOT
OUTPUT = building.PUBLIC.output
PREVIEW = ROOT / ".cache" / "preview"
SHOTS = ROOT / ".cache" / "shots"


@task
def setup(c: Context) -> None:
    """Chuẩn bị môi trường .venv / Prepare .venv for development."""
    _development()
    print("Môi trường đã sẵn sàng / The environment is ready: .venv")


@task(
    help={
        "json": "cho trình soạn thảo / one JSON array for editors",
        "en": "báo bằng tiếng Anh / messages in English",
        "fix": "sửa những chỗ chắc chắn / mend what is safe, and show it",
        "bulletin": "chỉ một bản tin: mã hoặc một phần của mã / one bulletin, by its id or a part of it",
        "add_units": "thêm vào danh bạ những đơn vị còn thiếu / add the units that the register lacks",
        "yes": "thêm cả, không hỏi / add them all and do not ask",
    },
    positional=[],
)
def check(
    c: Context,
    bulletin: str = "",
    json: bool = False,
    en: bool = False,
    fix: bool = False,
    add_units: bool = False,
    yes: bool = False,
) -> None:
    """Chỉ kiểm tra nội dung / Check the content, make nothing."""
    from tools.check import add_units_of
    from tools.check import check as check_content

    if add_units:
        _end(add_units_of(bulletin, _settings("publishconf.py"), yes))
    code = check_content(as_json=json, english=en, fix=fix, of=bulletin)
    _end(code)


@task(
    help={
        "executor": "nơi dựng / where files are made: dask://host:port",
        "profile": "đo từng hàm / write what each function took to .cache/build.prof",
        "verify": "đọc từng byte đã dựng / read every byte of output/, mend what was altered",
        "memory": "bản sao của trang đang đăng / folder of a copy of the published site",
        "first": "chưa từng đăng / nothing was published yet",
        "forget": "mã đã dựng mà chưa ai thấy / ids built here that never were public",
    }
)
def build(
    c: Context,
    executor: str = "",
    profile: bool = False,
    verify: bool = False,
    memory: str = "",
    first: bool = False,
    forget: str = "",
) -> None:
    """Kiểm tra rồi dựng trang vào output/ / Check and build the site."""
    _end(
        building.build_public(
            executor=executor, profile=profile, verify=verify, memory=memory, first=first, forget=forget
        )
    )


def _port_taken(port: int, error: OSError, command: str) -> Exit:
    from tools.door import cause

    line = f"Không mở được cổng {port} / Port {port} cannot be opened ({cause(error)}). Cổng khác / Another: "
    return Exit(f"{line}python3 tasks.py {command} --port 0", code=2)


@task(help={"port": "cổng / port (8000)", "drafts": "kèm bản nháp / with drafts and scheduled bulletins"})
def serve(c: Context, port: int = 8000, drafts: bool = False) -> None:
    """Dựng, mở trang, tự cập nhật / Build, serve, reload on a change."""
    settings, folder = ("pelicanconf.py", PREVIEW) if drafts else ("publishconf.py", OUTPUT)
    from tools.preview import preview

    if not 0 <= port < 65536:
        raise Exit(f"{port} không phải một cổng / is no port; --port 8080", code=2)
    try:
        preview(ROOT, settings, folder, port)
    except KeyboardInterrupt:
        print()
    except OSError as error:
        raise _port_taken(port, error, "serve") from error


@task(
    help={
        "kind": "loại lễ / kind of ceremony",
        "bloc": "khối, cụm / bloc",
        "host": "cơ quan tổ chức của khối mới, hay của buổi lễ không của khối nào / host of a new bloc, or of none",
        "year": "năm, hoặc hai năm “2023; 2024” / year or two",
        "date": "ngày diễn ra / day it was held",
        "id": "mã tự đặt / an id of your own",
    }
)
def new(
    c: Context,
    kind: str = "",
    bloc: str = "",
    year: str = "",
    date: str = "",
    id: str = "",  # noqa: A002
    host: str = "",
) -> None:
    """Tạo bản tin mới, có hỏi / Make a new bulletin; asks for the rest."""
    from tools.new import Flags
    from tools.new import new as make_new

    try:
        code = make_new(ROOT, _settings("publishconf.py"), Flags(kind, bloc, year, date, id, host))
    except KeyboardInterrupt as stopped:
        raise Exit("\nĐã dừng, chưa tạo gì / Stopped, nothing was made.", code=130) from stopped
    if code:
        raise Exit(code=code)


@task(help={"port": "cổng; 0 là cổng trống / port, 0 a free one", "quiet": "không mở trình duyệt / open no browser"})
def edit(c: Context, port: int = 0, quiet: bool = False) -> None:
    """Soạn bản tin bằng biểu mẫu / Edit bulletins in a form."""
    from tools.edit import edit as edit_content

    try:
        edit_content(ROOT, _settings("publishconf.py"), PREVIEW, port, opens=not quiet)
    except KeyboardInterrupt:
        print()
    except OSError as error:
        raise _port_taken(port, error, "edit") from error


@task(help={"id": "mã bản tin / its id", "to": "tệp để gửi / the file to send (<id>.html)"})
def preview(c: Context, id: str, to: str = "") -> None:  # noqa: A002
    """Một bản tin thành một tệp để duyệt / One bulletin as one file."""
    from tools.send import send

    site = building.PUBLIC._replace(settings="pelicanconf.py", output=PREVIEW)
    _end(send(site, id, environment.ROOT / (to or f"{id}.html")))


@task(
    name="import",
    positional=[],
    iterable=["files"],
    help={
        "files": "tệp .txt, .docx, .html, .eml hay thư mục / files or folders",
        "register": "thêm đơn vị, khối mới vào danh bạ / add new units and blocs to the register",
    },
)
def import_texts(c: Context, files: list[str], register: bool = False) -> None:
    """Nhập bài cũ thành bản nháp / Propose drafts from old texts."""
    from tools.importing import import_files

    if not files:
        raise Exit("Nhập tệp nào? / Which files? python3 tasks.py import bai-cu.docx", code=2)
    code = import_files(ROOT, _settings("publishconf.py"), files, register)
    if code:
        raise Exit(code=code)


@task(
    help={
        "to": "nơi đăng / folder, ssh://…, s3://bucket/prefix, git+<remote>#<branch>",
        "first": "đăng lần đầu / nothing was published there yet",
        "dry_run": "chỉ xem sẽ đổi gì / say what would change, publish nothing",
        "rollback": "trở lại bản trước / show the release before again",
    }
)
def publish(c: Context, to: str = "", first: bool = False, dry_run: bool = False, rollback: bool = False) -> None:
    """Kiểm tra, dựng rồi đăng trang / Check, build and publish."""
    from tools.publishing import Wish
    from tools.publishing import publish as publish_site

    _end(publish_site(building.PUBLIC, _settings("publishconf.py"), Wish(to, first, dry_run, rollback)))


@task(
    help={
        "next": "chỉ in lúc gần nhất / only the next moment, for a schedule",
        "missed": "trang công khai có chậm không / whether the public site is behind",
        "to": "nơi đăng, cho --missed / the target, for --missed",
    },
)
def due(c: Context, next: bool = False, missed: bool = False, to: str = "") -> None:  # noqa: A002
    """Bản tin nào sắp đăng, sắp hết hạn / What goes out or expires next."""
    from tools import due as days

    settings = _settings("publishconf.py")
    if missed:
        _end(days.print_missed(ROOT, settings, to))
    elif next:
        _end(days.print_next(ROOT, settings))
    else:
        _end(days.print_due(ROOT, settings))


@task(help={"args": 'thêm cho pytest / passed on to pytest, as in --args "-k dates -x"; --long: every case'})
def test(c: Context, args: str = "") -> None:
    """Chạy mọi kiểm thử / Run every test, those in a browser too."""
    _development()
    from bulletins.crew import cores

    # The tests of a file stay with one worker, so that what a file builds is built once. One worker more than there are
    # cores: many tests wait for another program. They begin in their order, not with the files that hold most.
    spread = ("-n", str(cores() + 1), "--dist", "loadfile", "--no-loadscope-reorder")
    _run("pytest", *spread, *shlex.split(args), env=_with_browser())


@task
def lint(c: Context) -> None:
    """Kiểm tra mã nguồn và kiểu / Check the code's style and types."""
    _development()
    _run("ruff", "check")
    _run("ruff", "format", "--check")
    _run("mypy")


@task(name="format")
def format_code(c: Context) -> None:
    """Định dạng lại mã nguồn / Format the code."""
    _development()
    _run("ruff", "check", "--fix-only", "--quiet")
    _run("ruff", "format")


@task(help={"upgrade": "lên bản mới nhất / take the newest versions"})
def lock(c: Context, upgrade: bool = False) -> None:
    """Viết lại tệp khóa thư viện / Write the lock files anew."""
    from tools.locks import write_locks

    try:
        write_locks(upgrade)
    except subprocess.CalledProcessError as failed:
        raise Exit(code=failed.returncode) from failed
    print(f"{environment.RUNTIME_LOCK}, {environment.DEV_LOCK}")


@task
def messages(c: Context) -> None:
    """Gom từ ngữ giao diện / Gather the words of the interface."""
    from tools.messages import update_catalogues

    try:
        catalogues = update_catalogues()
    except subprocess.CalledProcessError as failed:
        raise Exit(code=failed.returncode) from failed
    print(*(catalogue.relative_to(ROOT).as_posix() for catalogue in catalogues), sep="\n")


@task(help={"pictures": "chụp lại ảnh của hướng dẫn / take the guide's pictures anew"})
def docs(c: Context, pictures: bool = False) -> None:
    """Viết lại các bảng trong docs/ / Write the tables of docs/ anew."""
    from tools.documents import update_tables

    files = update_tables()
    if pictures:
        _development()
        from tools.screenshots import take

        files = [*files, *take()]
    print(*(file.relative_to(ROOT).as_posix() for file in files), sep="\n")


@task(
    help={
        "output": "thư mục của trang / folder of the site (output)",
        "pages": "chỉ xét trang / pages only",
        "samples": "xét dữ liệu mẫu của bộ kiểm thử / the data of the tests' sample, in which every case stands",
    }
)
def judges(c: Context, output: str = "", pages: bool = False, samples: bool = False) -> None:
    """Đưa output/ cho trình kiểm tra ngoài / Validate output/."""
    _development()
    from tools.judges import judged, judged_samples, printed

    _end(printed(judged_samples() if samples else judged(Path(output or OUTPUT), pages)))


@task(
    help={
        "to": "thư mục / folder (.cache/shots)",
        "only": "chỉ tệp có tên chứa / only names containing",
        "readme": "chụp lại ảnh của README / the pictures of the README instead",
    }
)
def shots(c: Context, to: str = "", only: str = "", readme: bool = False) -> None:
    """Chụp mỗi loại trang / Take pictures of each page type."""
    _development()
    from tools.shots import take, take_for_readme

    for file in take_for_readme(OUTPUT) if readme else take(OUTPUT, Path(to or SHOTS), only):
        print(file)


@task
def links(c: Context) -> None:
    """Tìm liên kết hỏng trong output/ / Look for broken links."""
    from tools.links import broken_links

    broken = broken_links(OUTPUT, _base_path("publishconf.py"))
    if broken:
        raise Exit("\n".join(f"{link.page}: {link.target} ({link.why})" for link in broken), code=1)
    print("Không có liên kết hỏng / No broken links.")


@task(
    help={
        "n": "số bản tin / bulletins (1000)",
        "pairs": "số lượt đo / timed rounds (3)",
        "only": "chỉ đo / some of ours,hugo,pelican",
        "save": "ghi vào / keep in bench/RESULTS.md",
        "import_": "đo việc nhập bài / how well importing reads",
        "prose": "gieo sai sót, đo việc kiểm tra / plant slips and count those that check sees",
        "publish": "đo việc đăng và trở lại bản trước / what publications and the way back cost",
    }
)
def bench(  # noqa: PLR0913 - each is a word of the command line
    c: Context,
    n: int = 1000,
    pairs: int = 3,
    only: str = "",
    save: bool = False,
    import_: bool = False,
    prose: bool = False,
    publish: bool = False,
) -> None:
    """Đo tốc độ cạnh Hugo, Pelican / Time it beside Hugo and Pelican."""
    if import_ or prose:
        _run("bench.prose" if prose else "bench.importing", "--show", env=_with_plugins())
        return
    if publish:
        _development()
        _run("bench.publishing", "--n", str(n), "--times", str(pairs), env=_with_plugins())
        return
    options = [*(["--only", only] if only else []), *(["--save"] if save else [])]
    _run("bench", "--n", str(n), "--pairs", str(pairs), *options)


@task(
    help={
        "flips": "số bit / bits (600)",
        "seed": "hạt giống ngẫu nhiên / seed of chance (1)",
        "machine": "làm hỏng chương trình / break the program instead",
        "ways": "số cách / how many ways to break it (100)",
        "publish": "giết lệnh publish giữa chừng / kill publications instead",
        "race": "đọc và đăng cùng lúc / readers, and two publishers at once",
        "canaries": "1.000 lần sửa ngẫu nhiên / random edits with canaries",
        "inside": "số lần giết lúc đang thay trang / kills inside commit and swap (20)",
        "target": "loại nơi đăng / kinds of targets (folder,ssh,git,s3), or build",
        "part": "chỉ tệp có tên chứa / only files whose names contain",
    }
)
def faults(  # noqa: PLR0913 - each is a word of the command line
    c: Context,
    flips: int = 600,
    seed: int = 1,
    machine: bool = False,
    publish: bool = False,
    race: bool = False,
    canaries: bool = False,
    ways: int = 100,
    inside: int = 20,
    target: str = "",
    part: str = "",
) -> None:
    """Làm hỏng .cache/ rồi dựng / Break caches or program, and build."""
    _development()
    kinds = ["--target", target] if target else []
    if publish:
        options = ["--ways", str(ways), "--inside", str(inside), "--seed", str(seed)]
        _run("tests.publishing.killing", *options, *kinds, env=_with_plugins())
        return
    if race:
        _run("tests.publishing.racing", *kinds, env=_with_plugins())
        return
    if canaries:
        _run("tests.publishing.canaries", "--seed", str(seed), env=_with_plugins())
        return
    if machine:
        _run("tests.machine.breaking", str(ways), part)
        return
    _run("tests.site.faults", "--flips", str(flips), "--seed", str(seed), env=_with_plugins())


@task
def clean(c: Context) -> None:
    """Xóa output/ và .cache/ / Remove what was generated."""
    for folder in (OUTPUT, ROOT / ".cache"):
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str, env: Mapping[str, str] | None = None) -> None:
    """Run a module of the environment at the root; if it fails, the task ends with its exit code and no more words."""
    _end(subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=env, check=False).returncode)


def _end(code: int) -> None:
    """End the task with a command's exit code, unless it went well: nothing but 0 says so."""
    if code != 0:
        raise Exit(code=code if code > 0 else 128 - code)


def _development() -> None:
    try:
        environment.ensure_dev()
    except environment.SetupFailed as failed:
        raise Exit(str(failed), code=failed.exit_code) from failed


def _with_browser() -> dict[str, str]:
    """The variables for pytest, naming the browser if there is one; without one `CI` refuses to go on."""
    found = browser.find_or_install()
    if found:
        return {**os.environ, browser.VARIABLE: found}
    if os.environ.get("CI"):
        raise Exit(browser.MISSING, code=2)
    print(f"{browser.MISSING}; bỏ qua kiểm thử trên trình duyệt / browser tests are skipped.", file=sys.stderr)
    return dict(os.environ)


def _with_plugins() -> dict[str, str]:
    """The variables for a module that imports our package as tests do."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}


def _settings(settings: str) -> "Settings":
    """Our settings, as a file of Pelican's settings says them."""
    from bulletins.settings import Settings
    from tools.settings import read

    return Settings.from_pelican(read(ROOT / settings))


def _base_path(settings: str) -> str:
    """The path that the site stands below on its host, such as `/ban-tin`; usually nothing."""
    from tools.settings import read

    return urlsplit(str(read(ROOT / settings)["SITEURL"])).path.rstrip("/")
