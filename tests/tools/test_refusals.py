"""What ssh, rsync, git, stores and the system say when they refuse is answered with a mend in plain words."""

from __future__ import annotations

import errno

import pytest

from bulletins.publishing.target import TargetFailed
from tools.refusals import explained


@pytest.mark.parametrize(
    ("said", "mend"),
    [
        ("Host key verification failed.", "Máy này chưa biết máy kia"),
        ("web@may: Permission denied (publickey,password).", "không nhận khóa ssh"),
        ('rsync: mkstemp "/srv/x" failed: Permission denied (13)', "Không được ghi ở đó"),
        ("mkdir: cannot create directory \u2018/srv\u2019: Permission denied", "Không được ghi ở đó"),
        ("fatal: could not read Username for 'https://may': terminal prompts disabled", "mã truy cập"),
        ("fatal: '/srv/kho.git' does not appear to be a git repository", "Không có kho này"),
        ("! [remote rejected] (protected branch hook declined)", "khóa nhánh này"),
        ("Generic S3 error: Error performing PUT http://169.254.169.254/latest/api/token", "đặt AWS_ACCESS_KEY_ID"),
        ("Server returned non-2xx status code: 403 Forbidden: InvalidAccessKeyId", "xem lại hai khóa"),
        ("Server returned non-2xx status code: 404 Not Found: NoSuchBucket", "Không có kho S3 tên này"),
        ("rsync: write failed: No space left on device (28)", "Đĩa của nơi đăng đã đầy"),
        ("sh: 1: flock: not found", "còn thiếu chương trình"),
        ("ssh: connect to host may port 22: Connection refused", "Không nối được"),
        ("ssh: Could not resolve hostname may: Name or service not known", "Không nối được"),
    ],
)
def test_what_a_program_says_is_followed_by_the_mend(said: str, mend: str) -> None:
    failed = TargetFailed(said)
    failed.__cause__ = FileNotFoundError(said)  # as libraries raise it, without a number of the system
    text = explained(failed)

    assert text.startswith(said) and mend in text and "\n" not in text


def test_what_nobody_knows_is_told_as_it_is_and_the_system_in_our_words() -> None:
    failed = TargetFailed("Không ghi được vào /srv / Cannot write there")
    failed.__cause__ = OSError(errno.ENOSPC, "No space left on device")

    whole = TargetFailed("Lời lạ.")
    whole.__cause__ = FileNotFoundError(errno.ENOENT, "No such file or directory")

    assert explained(TargetFailed("Lời lạ.")) == explained(whole) == "Lời lạ."
    assert explained(failed).endswith(
        "Cannot write there: đĩa đã đầy hoặc hết hạn mức / the disk is full or its quota used up."
    )
