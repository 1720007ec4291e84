"""Caddy and nginx, run on this machine alone with the files of `deploy/`: for tests, and for judges of a site."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tools import deploy

NAME = "thidua.example.vn"
"""The name of the site in the files of `deploy/`."""

_CURRENT = "/srv/thidua/current"
"""The folder of the site in those files."""


class Secure(NamedTuple):
    """A server of a site at `NAME`: its ports for http and https, and the certificate that vouches for it."""

    http: int
    https: int
    authority: Path


def nginx(folder: Path, root: Path, port: int, redirecting: int) -> list[str]:
    """The command of an nginx that serves `root` on `port` without TLS, and on `redirecting` leads to https.

    `folder` is its own.
    """
    return _nginx(folder, root, redirecting, f"listen 127.0.0.1:{port};")


@contextmanager
def secure_nginx(folder: Path, root: Path) -> Iterator[Secure]:
    """A running nginx that serves `root` at `NAME` over https, with a certificate that vouches for itself."""
    ports = free_port(), free_port()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made: list[str | Path] = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "1",
    ]
    made += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", key, "-out", certificate]
    subprocess.run(made, check=True, capture_output=True)
    listen = f"listen 127.0.0.1:{ports[1]} ssl; ssl_certificate {certificate}; ssl_certificate_key {key};"
    with running(_nginx(folder, root, ports[0], listen), folder / "log", *ports):
        yield Secure(*ports, certificate)


def _nginx(folder: Path, root: Path, redirecting: int, listen: str) -> list[str]:
    text = re.sub(r"listen 443 .*CHANGE", listen, deploy.nginx())
    text = text.replace("listen 80;", f"listen 127.0.0.1:{redirecting};").replace(_CURRENT, str(root))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    conf = folder / "nginx.conf"
    main = f"daemon off; user root; pid {folder}/pid; error_log stderr;\nevents {{}}\n"
    conf.write_text(f"{main}http {{ access_log off; {paths}\n{text}}}\n", encoding="utf-8")
    return ["nginx", "-p", str(folder), "-e", "stderr", "-c", str(conf)]


def caddy(folder: Path, root: Path, port: int) -> list[str]:
    """The command of a Caddy that serves `root` on `port` without TLS; `folder` is its own."""
    site = deploy.caddy().replace(f"{NAME} {{", f"http://127.0.0.1:{port} {{")
    return _caddy(folder, root, site, "auto_https off")


@contextmanager
def secure_caddy(folder: Path, root: Path) -> Iterator[Secure]:
    """A running Caddy that serves `root` at `NAME` over https, with a certificate of its own making."""
    ports = free_port(), free_port()
    store = folder / "caddy"
    options = (
        f"http_port {ports[0]}", f"https_port {ports[1]}", "local_certs", "skip_install_trust",
        f"storage file_system {store}",
    )  # fmt: skip
    with running(_caddy(folder, root, deploy.caddy(), *options), folder / "log", *ports):
        yield Secure(*ports, store / "pki/authorities/local/root.crt")


def _caddy(folder: Path, root: Path, site: str, *options: str) -> list[str]:
    conf = folder / "Caddyfile"
    lines = "".join(f"\t{option}\n" for option in ("admin off", *options))
    conf.write_text(f"{{\n{lines}}}\n{site.replace(_CURRENT, str(root))}", encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(conf)]


@contextmanager
def running(command: list[str], log: Path, *ports: int) -> Iterator[None]:
    """Run a server as long as the context lasts, from the moment when it answers at every port.

    Raises `TimeoutError` with its log if it does not.
    """
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as server:
        try:
            for port in ports:
                wait_for(port, log)
            yield
        finally:
            server.terminate()


def free_port() -> int:
    """A port of this machine at which nobody answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, log: Path | None = None) -> None:
    """Wait until somebody answers at the port. Raises `TimeoutError` after 20 seconds, with the log's text."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"{port}: {log.read_text(encoding='utf-8') if log else ''}")
