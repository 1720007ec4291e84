"""Why a target refused a publication, for whoever runs the site and knows neither Linux nor what such programs say."""

from __future__ import annotations

from tools.door import cause

_MENDS = (
    (
        ("Host key verification failed",),
        "Máy này chưa biết máy kia: mở cửa sổ lệnh, chạy `ssh <người-dùng>@<máy>` một lần, so dấu khóa rồi trả lời yes",
        "this machine does not know that one yet: run ssh to it once by hand",
    ),
    (
        ("Permission denied (publickey", "Permission denied (password", "Too many authentication failures"),
        "Máy kia không nhận khóa ssh của máy này: xem lại tên người dùng, hoặc nhờ người giữ máy kia thêm khóa"
        " (`ssh-copy-id <người-dùng>@<máy>`)",
        "that machine does not accept this one's ssh key",
    ),
    (
        ("could not read Username", "could not read Password", "Authentication failed", "HTTP Basic: Access denied"),
        "Máy giữ kho không nhận tên hoặc mật khẩu: lưu mã truy cập (token) còn hạn cho git rồi chạy lại",
        "the host does not accept the name or token that git has saved",
    ),
    (
        ("Repository not found", "does not appear to be a git repository", "not found in upstream"),
        "Không có kho này, hoặc tài khoản không được vào: xem lại địa chỉ",
        "no such repository, or no access to it; look at the address",
    ),
    (
        ("protected branch", "pre-receive hook declined"),
        "Máy giữ kho đang khóa nhánh này: trong cài đặt của kho, cho phép ghi đè nhánh (force push)",
        "the host protects this branch; allow force pushes to it",
    ),
    (
        ("169.254.169.254", "Unable to load credentials", "missing credentials"),
        "Chưa có khóa của kho S3: đặt AWS_ACCESS_KEY_ID và AWS_SECRET_ACCESS_KEY rồi chạy lại",
        "no keys of the store are set",
    ),
    (
        ("InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "403 Forbidden"),
        "Kho S3 không nhận khóa, hoặc khóa không được ghi vào kho này: xem lại hai khóa, tên kho và AWS_REGION",
        "the store does not accept the keys, or they may not write to this bucket",
    ),
    (
        ("NoSuchBucket",),
        "Không có kho S3 tên này: xem lại địa chỉ, AWS_ENDPOINT và AWS_REGION",
        "no such bucket; look at the address, AWS_ENDPOINT and AWS_REGION",
    ),
    (
        ("No space left on device", "Disk quota exceeded"),
        "Đĩa của nơi đăng đã đầy hoặc hết hạn mức: dọn bớt rồi chạy lại",
        "the disk there is full or its quota used up",
    ),
    (
        ("rsync: command not found", "rsync: not found", "flock: not found", "flock: command not found"),
        "Máy kia còn thiếu chương trình: nhờ người giữ máy ấy cài rsync và util-linux",
        "that machine lacks rsync or flock",
    ),
    (
        ("Permission denied", "Read-only file system"),
        "Không được ghi ở đó: nhờ người giữ máy cho quyền ghi vào thư mục này",
        "nothing may be written there",
    ),
    (
        ("Could not resolve host", "Connection refused", "timed out", "Failed to connect", "Couldn't connect",
         "No route to host", "Network is unreachable", "error sending request", "dns error"),
        "Không nối được tới nơi đăng: xem lại mạng và địa chỉ; đúng cả thì đợi một lát rồi chạy lại",
        "the target cannot be reached; look at the network and the address",
    ),
)  # fmt: skip
"""What ssh, rsync, git and stores of objects say, the mend in Vietnamese, and what it means in English."""


def explained(failed: Exception) -> str:
    """What to say of a target that refused: its own line, and a mend where one is known, or else the system's cause.

    A line that ends with a full stop has said the cause itself; libraries raise OSError without a number of the system.
    """
    text, system = str(failed), failed.__cause__
    mend = next((f"{vi} / {en}." for said, vi, en in _MENDS if any(words in text for words in said)), "")
    if mend:
        return f"{text.rstrip('.')}. {mend}"
    if isinstance(system, OSError) and system.errno and not text.endswith("."):
        return f"{text}: {cause(system)}."
    return text
