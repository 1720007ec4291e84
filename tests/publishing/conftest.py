"""A server of ssh for the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.publishing.servers import has_sshd, sshd


@pytest.fixture(scope="module")
def ssh_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server that lets this user in; `BULLETINS_SSH` leads there."""
    if not has_sshd():
        pytest.skip("openssh-server or rsync is not installed")
    with sshd(tmp_path_factory.mktemp("ssh")) as (port, command), pytest.MonkeyPatch.context() as patch:
        patch.setenv("BULLETINS_SSH", command)
        yield port
