#!/usr/bin/env python3
"""Copy a bulletin site into a folder, keep the copy up to date, and prove that it is whole.

    python3 mirror.py https://bantin.example copy            what changed since the last copy
    python3 mirror.py https://bantin.example copy --log      the same, and tells what happened, by the change log
    python3 mirror.py https://bantin.example copy --whole    reads every byte of the copy again

It needs Python 3.11 or later and nothing else, and may be run as often as you like. Whatever is fetched waits in
`.mirror/` until all of it is there and proven; only then do files of the copy change, and those of withdrawn bulletins
go. A run that was interrupted is taken up again by the next one. It ends with 0 when the copy is whole, else with 1.
"""

import argparse
import hashlib
import json
import pathlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = "api/v1/index.json"
LOG = "api/v1/changes/index.json"
SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.minisig"
STAGED = ".mirror"
TRIES = 3


class Unsound(Exception):
    """What the server sends is not what its catalogue says."""


class Server:
    """The site that is copied."""

    def __init__(self, address, pause=1.0):
        self.address = address.rstrip("/")
        self.pause = pause
        self.fetched = 0

    def fetch(self, path, needed=True):
        """The bytes of a file; asks again when the connection breaks. None where one that is not needed is missing."""
        url = f"{self.address}/{urllib.parse.quote(path)}"
        for wait in (self.pause, 2 * self.pause, None):
            try:
                with urllib.request.urlopen(url, timeout=60) as answer:
                    data = answer.read()
                self.fetched += 1
                return data
            except urllib.error.HTTPError as error:
                if error.code == 404 and not needed:
                    return None
                raise Unsound(f"{path}: {error.code} {error.reason}") from error
            except OSError as error:
                if wait is None:
                    raise Unsound(f"{path}: {error}") from error
                time.sleep(wait)
        raise AssertionError


class Copy:
    """The folder of the copy, and what was fetched for it and not put in place yet."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.staged = self.folder / STAGED

    def place(self, path):
        """Where a file of the site belongs; Unsound for a path that leads elsewhere."""
        parts = pathlib.PurePosixPath(path).parts
        if (
            not parts
            or path != "/".join(parts)
            or parts[0] in ("/", STAGED)
            or ".." in parts
            or "\\" in path
            or ":" in path
        ):
            raise Unsound(f"{path}: no path of a site")
        return self.folder.joinpath(*parts)

    def has(self, path, sha256):
        place = self.place(path)
        return place.is_file() and hashed(place.read_bytes()) == sha256

    def read(self, path):
        place = self.place(path)
        return place.read_bytes() if place.is_file() else None

    def staged_file(self, sha256):
        place = self.staged / sha256
        return place if place.is_file() and hashed(place.read_bytes()) == sha256 else None

    def stage(self, data):
        """Keep bytes until all are there; a file that is cut short is never taken for a whole one."""
        self.staged.mkdir(parents=True, exist_ok=True)
        place = self.staged / hashed(data)
        begun = place.with_suffix(".part")
        begun.write_bytes(data)
        begun.replace(place)

    def put(self, path, sha256):
        """Put a staged file into its place, in one step."""
        place = self.place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        (self.staged / sha256).replace(place)

    def clear(self):
        """Drop what an earlier run fetched and no longer needs."""
        if self.staged.is_dir():
            for place in self.staged.iterdir():
                place.unlink()
            self.staged.rmdir()

    def remove_others(self, wanted):
        """Remove every file that is no longer published, and the folders that are empty then; how many files."""
        gone = 0
        for place in sorted(self.folder.rglob("*"), reverse=True):
            path = place.relative_to(self.folder).as_posix()
            if path.split("/")[0] == STAGED:
                continue
            if place.is_dir():
                if not any(place.iterdir()):
                    place.rmdir()
            elif path not in wanted:
                place.unlink()
                gone += 1
        return gone


def hashed(data):
    return hashlib.sha256(data).hexdigest()


def sound(path, data, sha256):
    """The bytes, if they are those that the catalogue names."""
    if hashed(data) != sha256:
        raise Unsound(f"{path}: not what the catalogue says")
    return data


def catalogue(server, copy):
    """The hash of every file of the site by its path, pictures apart; the catalogue itself is staged."""
    root = server.fetch(ROOT)
    wanted = {ROOT: hashed(root)}
    for shard in json.loads(root)["shards"]:
        path, sha256 = shard["path"], shard["sha256"]
        own = copy.read(path)
        staged = copy.staged_file(sha256)
        if own is not None and hashed(own) == sha256:
            data = own
        elif staged:
            data = staged.read_bytes()
        else:
            data = sound(path, server.fetch(path), sha256)
            copy.stage(data)
        wanted[path] = sha256
        wanted |= {entry["path"]: entry["sha256"] for entry in json.loads(data)["entries"]}
    copy.stage(root)
    return wanted


def read_sums(data):
    """The hash of every file of a release by its path, from the lines of its SHA256SUMS."""
    return {line[66:]: line[:64] for line in (data or b"").decode().splitlines()}


def beside(server, copy, wanted, whole):
    """What a published site has besides: its sums, their signature, and the files that only the sums list; staged.

    As long as the catalogue is the same, the copy has them already.
    """
    own, sums = copy.read(ROOT), copy.read(SUMS)
    if not whole and own is not None and hashed(own) == wanted[ROOT] and sums:
        read = {SUMS: sums, SIGNATURE: copy.read(SIGNATURE)}
    elif json.loads(copy.staged_file(wanted[ROOT]).read_bytes())["changes"] is not None:
        read = {path: server.fetch(path, needed=False) for path in (SUMS, SIGNATURE)}
    else:
        read = {}  # a site that was only built
    files = {path: hashed(data) for path, data in read.items() if data is not None}
    for path in files:
        copy.stage(read[path])
    listed = read_sums(read.get(SUMS))
    for path in wanted.keys() & listed.keys():
        if wanted[path] != listed[path]:
            raise Unsound(f"{path}: the catalogue and {SUMS} are of two releases")
    return files | listed


def former(copy):
    """The hash of every file as the last copy had it, so that what stayed need not be read."""
    root = copy.read(ROOT)
    known = read_sums(copy.read(SUMS))
    for shard in json.loads(root)["shards"] if root else ():
        data = copy.read(shard["path"])
        if data is None or hashed(data) != shard["sha256"]:
            continue
        known[shard["path"]] = shard["sha256"]
        known |= {entry["path"]: entry["sha256"] for entry in json.loads(data)["entries"]}
    return known


def pictures(bulletin):
    """Every file of a bulletin's photos that its JSON proves: path and hash. Photos that moved list none."""
    for photo in bulletin.get("photos", ()):
        if "renditions" not in photo:
            continue
        for file in (*photo["renditions"], photo["social"], photo["square"]):
            if file and "sha256" in file:
                yield urllib.parse.urlsplit(file["url"]).path.lstrip("/"), file["sha256"]


def missing(copy, wanted, known):
    """The files that are not in the copy as they should be: by the last catalogue, or by every byte if it is empty."""
    for path, sha256 in wanted.items():
        is_there = known.get(path) == sha256 and copy.place(path).is_file()
        if not is_there and not copy.has(path, sha256):
            yield path, sha256


def stage_all(server, copy, files):
    """Fetch what is neither in the copy nor staged; the paths and hashes to be put in place."""
    files = list(files)
    for path, sha256 in files:
        if not copy.staged_file(sha256):
            copy.stage(sound(path, server.fetch(path), sha256))
    return files


def own_pictures(server, copy, wanted):
    """The pictures that bulletins list; where the site stands below a folder, paths are without that folder."""
    below = urllib.parse.urlsplit(server.address).path.strip("/")
    for path, sha256 in sorted(wanted.items()):
        if path.startswith("api/v1/bulletins/"):
            staged = copy.staged_file(sha256)
            data = staged.read_bytes() if staged else copy.read(path)
            for picture, picture_sha256 in pictures(json.loads(data)):
                yield picture.removeprefix(f"{below}/") if below else picture, picture_sha256


def happened(server, copy, log):
    """What the change log tells since the last copy, oldest first; proves the chain of its pages."""
    own = copy.read(LOG)
    last = json.loads(own)["seq"] if own else 0
    activities = []
    for page in reversed(json.loads(log)["pages"]):
        data = sound(page["path"], server.fetch(page["path"]), page["sha256"])
        items = json.loads(data)["orderedItems"]
        activities = [item for item in items if item["seq"] > last] + activities
        if items and items[0]["seq"] <= last + 1:
            break
    return activities


def tell(activities):
    for activity in activities:
        about = activity["object"]
        print(
            activity["seq"],
            activity["endTime"],
            activity["type"],
            *((about["type"], about["identifier"]) if about else ()),
        )


def mirror(server, copy, whole, by_log):
    """Bring the copy up to date; how many files were put in place, and how many removed."""
    wanted = catalogue(server, copy)
    wanted |= beside(server, copy, wanted, whole)
    if by_log and LOG in wanted:
        tell(happened(server, copy, server.fetch(LOG)))
    known = {} if whole else former(copy)
    files = stage_all(server, copy, missing(copy, wanted, known))
    shown = {path: sha256 for path, sha256 in own_pictures(server, copy, wanted) if wanted.get(path) != sha256}
    same = {path: sha256 for path, sha256 in wanted.items() if known.get(path) == sha256}
    files += stage_all(server, copy, missing(copy, shown, dict(own_pictures(server, copy, same))))
    # What says that all is there comes last.
    for path, sha256 in sorted(files, key=lambda file: (file[0] == ROOT, file[0] == SUMS)):
        if not copy.has(path, sha256):
            if not copy.staged_file(sha256):  # two files with the same bytes: the first took them
                copy.stage(next(copy.place(p).read_bytes() for p, s in files if s == sha256 and copy.has(p, s)))
            copy.put(path, sha256)
    gone = copy.remove_others(wanted.keys() | shown.keys())
    copy.clear()
    return len(files), gone


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", help="address of the site")
    parser.add_argument("folder", help="folder of the copy")
    parser.add_argument("--whole", action="store_true", help="read every byte of the copy again")
    parser.add_argument("--log", action="store_true", help="tell what happened since, by the change log")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds before asking again (%(default)s)")
    wish = parser.parse_args()
    server, copy = Server(wish.site, wish.pause), Copy(wish.folder)
    for tried in range(1, TRIES + 1):
        try:
            put, gone = mirror(server, copy, wish.whole, wish.log)
        except Unsound as fault:
            print(f"{fault}; the site may just be changing ({tried}/{TRIES})", file=sys.stderr)
            time.sleep(wish.pause * (tried - 1))
        else:
            print(f"whole: {put} files new or changed, {gone} removed, {server.fetched} requests")
            return 0
    print("The copy is as it was before.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
