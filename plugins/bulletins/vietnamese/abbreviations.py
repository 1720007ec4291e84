"""Abbreviations of public bodies that mean one thing only, with their long forms."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Left out because they mean several things: BTV (Ban Thường vụ, Biên tập viên, a television station), TT (Thông tư,
# Trung tâm), CT, QH, BCH (chấp hành, chỉ huy), PTTH (phát thanh, phổ thông); and TƯ and TU, which are also words.
ABBREVIATIONS: Mapping[str, str] = MappingProxyType(
    {
        "BĐBP": "Bộ đội Biên phòng",
        "BHXH": "Bảo hiểm xã hội",
        "BTĐKT": "Ban Thi đua - Khen thưởng",
        "CAND": "Công an nhân dân",
        "CBCCVC": "cán bộ, công chức, viên chức",
        "CCB": "Cựu chiến binh",
        "CHQS": "Chỉ huy Quân sự",
        "CNTT": "công nghệ thông tin",
        "ĐBQH": "đại biểu Quốc hội",
        "GDĐT": "Giáo dục và Đào tạo",
        "GTVT": "Giao thông vận tải",
        "HCM": "Hồ Chí Minh",
        "HĐND": "Hội đồng nhân dân",
        "HĐTĐKT": "Hội đồng Thi đua - Khen thưởng",
        "HTQT": "hợp tác quốc tế",
        "KBNN": "Kho bạc Nhà nước",
        "KHCN": "Khoa học và Công nghệ",
        "KHĐT": "Kế hoạch và Đầu tư",
        "KTNN": "Kiểm toán nhà nước",
        "LĐLĐ": "Liên đoàn Lao động",
        "LĐTBXH": "Lao động, Thương binh và Xã hội",
        "LHPN": "Liên hiệp Phụ nữ",
        "LLVT": "lực lượng vũ trang",
        "MTTQ": "Mặt trận Tổ quốc",
        "MTTQVN": "Mặt trận Tổ quốc Việt Nam",
        "NHCSXH": "Ngân hàng Chính sách xã hội",
        "NHNN": "Ngân hàng Nhà nước",
        "NNMT": "Nông nghiệp và Môi trường",
        "NNPTNT": "Nông nghiệp và Phát triển nông thôn",
        "QĐND": "Quân đội nhân dân",
        "QLTT": "Quản lý thị trường",
        "TAND": "Tòa án nhân dân",
        "TĐKT": "Thi đua - Khen thưởng",
        "TNCS": "Thanh niên Cộng sản",
        "TMCP": "thương mại cổ phần",
        "TNHH": "trách nhiệm hữu hạn",
        "TNMT": "Tài nguyên và Môi trường",
        "TP": "thành phố",
        "TPHCM": "Thành phố Hồ Chí Minh",
        "TW": "Trung ương",
        "TTYT": "Trung tâm Y tế",
        "UBKT": "Ủy ban Kiểm tra",
        "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
        "UBND": "Ủy ban nhân dân",
        "VHNT": "văn hóa nghệ thuật",
        "VHTTDL": "Văn hóa, Thể thao và Du lịch",
        "VKSND": "Viện kiểm sát nhân dân",
        "VN": "Việt Nam",
        "VPCP": "Văn phòng Chính phủ",
        "VPQH": "Văn phòng Quốc hội",
    }
)
