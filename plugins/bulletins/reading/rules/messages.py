"""Every message of the rules, said once, in Vietnamese and English; errors refuse a bulletin, warnings do not."""

from __future__ import annotations

from functools import partial

from bulletins.mistakes import Message

_warning = partial(Message, level="warning")

# D: dates
EVENT_AFTER_PUBLICATION = Message(
    "D2",
    "ngày diễn ra {date} sau ngày đăng {published}; xem lại một trong hai ngày",
    "the ceremony's day {date} is after publication, {published}; one of the two is wrong",
)
PACT_SIGNED_LATE_IN_YEAR = _warning(
    "D3",
    "năm {year} lấy từ năm giao ước, nhưng ngày này vào tháng {month}: giao ước năm sau thường ký từ cuối năm trước, "
    "có thể là năm {before}; xem lại, rồi ghi `year_from: editor` nếu đã chắc",
    "the year {year} comes from the pact, but the month is {month}: next year's pact is often signed at the end of "
    "a year, perhaps {before}; check, and write `year_from: editor` when sure",
)
FAR_FROM_PACT_YEAR = _warning(
    "D4",
    "buổi lễ năm {year} nhưng giao ước năm {pact}, cách nhau quá một năm; xem lại hai năm này",
    "the ceremony is of {year} and the pact of {pact}, more than a year apart; look at both",
)
WRONG_WEEKDAY = _warning(
    "D5",
    "“{written}”: ngày {date} là {weekday}; xem lại thứ hoặc ngày",
    "“{written}”: {date} is a {weekday}; the weekday or the date is wrong",
)
OTHER_DATE_ELSEWHERE = _warning(
    "D6",
    "buổi lễ `{ceremony}` ở đây là ngày {date}, ở {other} là ngày {others}; xem lại ngày nào đúng",
    "the ceremony `{ceremony}` is on {date} here and on {others} in {other}; see which is right",
)

# M: members and roles
COUNT_OF_MEMBERS = Message(
    "M1",
    "ghi {stated} đơn vị nhưng danh sách đủ có {listed}; sửa số, bổ sung đơn vị, hoặc bỏ `complete`",
    "{stated} units are stated but the complete list has {listed}; correct the number, the list, or drop `complete`",
)
NOT_A_MEMBER = _warning(
    "M2",
    "“{unit}” không có trong danh sách thành viên đủ của năm {year}; bổ sung vào danh sách, hoặc xem lại tên",
    "“{unit}” is not in the complete list of members of {year}; add it, or look at the name",
)
SAME_UNIT_TWICE = Message(
    "M3",
    "“{unit}” có hai lần trong năm {year}; xóa một dòng, hoặc xem lại tên đơn vị",
    "“{unit}” stands twice in {year}; delete one line, or look at the name",
)
SAME_YEAR_TWICE = Message(
    "M3",
    "năm {year} khai hai lần; gộp lại làm một mục",
    "the year {year} stands here twice; make one entry of both",
)
TWO_HEADS = Message(
    "M3",
    "quyết định bầu “{unit}” làm khối trưởng năm {year}, nhưng `bloc_years` ghi “{other}”; sửa một trong hai",
    "the decision makes “{unit}” head of {year}, but `bloc_years` says “{other}”; correct one of them",
)
OTHER_HEAD_ELSEWHERE = _warning(
    "M4",
    "khối trưởng năm {year} ở đây là “{unit}”, ở {other} là “{others}”; xem lại bản tin nào đúng",
    "the head of {year} is “{unit}” here and “{others}” in {other}; see which bulletin is right",
)
MEMBERS_IN_TEXT = _warning(
    "M5",
    "trong bài viết “{written}”, còn khai báo có {count} đơn vị thành viên; xem lại con số",
    "the text says “{written}”, the front matter has {count} members; look at the number",
)
HEAD_IN_TEXT = _warning(
    "M6",
    "trong bài “{written}” là {role}, còn khai báo ghi {data}; xem lại đơn vị nào đúng",
    "the text makes “{written}” {role}, the front matter says {data}; see which is right",
)

# The text against the front matter
DAY_IN_TEXT = _warning(
    "D7",
    "khai báo ghi ngày {date}, còn trong bài chỉ có: {written}; xem lại ngày nào đúng",
    "the front matter says {date}, the text only has: {written}; see which is right",
)
YEAR_NOT_IN_TEXT = _warning(
    "D8",
    "năm {year} không có trong bài; xem lại năm này, hoặc xóa dòng nếu bài không nói",
    "the year {year} stands nowhere in the text; look at it, or delete the line",
)
YEAR_OF_TITLE = _warning(
    "D8",
    "tiêu đề nói năm {year}, còn `years` không có năm ấy; thêm vào `years`, hoặc xem lại tiêu đề",
    "the title speaks of {year}, which `years` lacks; add it to `years`, or look at the title",
)
PERSON_NOT_IN_TEXT = _warning(
    "M7",
    "“{name}” không có trong bài hay chú thích ảnh; xem lại tên, hoặc nhắc đến người ấy trong bài",
    "“{name}” stands neither in the text nor under a photo; look at the name, or mention the person",
)
TO_ITSELF = Message(
    "M8",
    "“{unit}” bàn giao cho chính mình; sửa `from_unit` hoặc `to_unit`",
    "“{unit}” hands over to itself; mend `from_unit` or `to_unit`",
)
TITLE_IN_CAPITALS = _warning(
    "N4",
    "tiêu đề viết hoa cả dòng; viết như câu thường, chỉ hoa chữ đầu và tên riêng",
    "the title is in capitals; write it as a sentence, with capitals for its first letter and names",
)
DOCUMENT_DATE_IN_TEXT = _warning(
    "S4",
    "trong bài “{symbol}” đề ngày {written}, còn khai báo ghi {date}; xem lại ngày nào đúng",
    "the text dates “{symbol}” {written}, the front matter {date}; see which is right",
)

# B: blocs
NUMBER_AND_NUMERAL = _warning(
    "B2",
    "`number` là {number} nhưng số viết “{numeral}” là {value}; sửa một trong hai",
    "`number` is {number} but “{numeral}” is {value}; correct one of them",
)
NO_HOST = Message(
    "V2",
    "chưa ghi cơ quan tổ chức khối; thêm dòng `host: …` (mã hoặc tên trong danh bạ), hoặc `host: không rõ`",
    "the bloc has no host; add a line `host: …` (id or name in the register), or `host: unknown`",
)
BLOCS_ALIKE = _warning(
    "B6",
    "`{id}` và `{other}` cùng cơ quan tổ chức và cùng hiện là “{name}”, bạn đọc không phân biệt được; "
    "ghi `short_name` khác cho một trong hai",
    "`{id}` and `{other}` are of one host and both shown as “{name}”; readers cannot tell them apart: "
    "give one of them another `short_name`",
)
OTHER_BLOC = _warning(
    "B3",
    "bài nhắc tới {other} ({times} lần) nhiều hơn khối của bản tin, {own} ({own_times} lần); xem lại `bloc`",
    "the text names {other} ({times} times) more often than the bulletin's own bloc, {own} ({own_times}); "
    "look at `bloc`",
)

# R: the register as of the bulletin's date
NOT_YET = Message(
    "R1",
    "“{unit}” đến {since} mới thành lập, sau ngày {date} của bản tin; xem lại tên đơn vị hoặc ngày",
    "“{unit}” was founded on {since}, after the bulletin's {date}; look at the unit or the date",
)
NO_LONGER = Message(
    "R2",
    "“{unit}” đã thôi hoạt động từ {since}{decision}, trước ngày {date} của bản tin; {mend}",
    "“{unit}” ceased on {since}{decision}, before the bulletin's {date}; {mend}",
)
OTHER_BLOC_THAT_YEAR = Message(
    "R3",
    "theo danh bạ, năm {year} “{unit}” thuộc {bloc}; xem lại đơn vị, hoặc sửa `memberships` trong danh bạ",
    "in {year} “{unit}” belonged to {bloc}, says the register; look at the unit, or correct its `memberships`",
)
NAME_OF_OTHER_TIME = _warning(
    "R4",
    "tên “{name}” {span}, không phải tên vào ngày {date}; khi đó là “{then}”",
    "the name “{name}” was used {span}, not on {date}; then it was “{then}”",
)
ENDS_BEFORE_IT_BEGINS = Message(
    "R5",
    "{what} kết thúc ({to}) trước khi bắt đầu ({since}); xem lại hai ngày",
    "{what} ends ({to}) before it begins ({since}); look at both dates",
)
MERGED_WITHOUT_DAY = _warning(
    "R5",
    "có đơn vị kế tục nhưng chưa ghi ngày thôi hoạt động; thêm dòng `dissolved: …`",
    "it has a successor but no day on which it ceased; add a line `dissolved: …`",
)

# N: how names and words are written
NOT_COMPOSED = _warning(
    "N1",
    "{count} dòng có chữ và dấu viết tách rời (Unicode tổ hợp), từ đây; máy đã ghép lại khi đọc, "
    "`python3 tasks.py check --fix` sửa luôn trong tệp",
    "{count} lines have letters and marks apart (not NFC) from here on; read as composed, and "
    "`python3 tasks.py check --fix` mends the file",
)
INVISIBLE = _warning(
    "N1",
    "{count} ký tự không nhìn thấy ({names}) từ đây; máy bỏ qua khi đọc, `python3 tasks.py check --fix` "
    "sửa luôn trong tệp",
    "{count} invisible characters ({names}) from here on; ignored in reading, and "
    "`python3 tasks.py check --fix` mends the file",
)
SPELLED_UNLIKE_REGISTER = _warning(
    "N2",
    "“{written}”: danh bạ viết “{name}”; nên viết thống nhất",
    "“{written}”: the register has “{name}”; write it alike",
)
TWO_PLACES_OF_A_TONE = _warning(
    "N2",
    "“{written}”: chỗ khác trong bài đặt dấu như “{usual}”; cả hai đều đúng, nên dùng một kiểu",
    "“{written}”: the text places this tone as in “{usual}” elsewhere; both are right, use one",
)
SLIP = _warning("N3", "“{written}”: có lẽ là “{meant}”", "“{written}”: perhaps “{meant}” is meant")
DOUBLED_WORD = _warning(
    "N3", "“{written}”: hai chữ liền giống nhau; xóa một chữ nếu thừa", "“{written}”: the same word twice; delete one"
)
TWO_OPENING_QUOTES = _warning(
    "N3",
    "dấu nháy đóng lại gõ thành dấu mở (“{written}”); thay bằng ”",
    "a closing quotation mark typed as an opening one (“{written}”); use ”",
)

# T: targets and scoring
NOT_A_PERCENTAGE = Message(
    "T1", "{value} phần trăm: phải từ 0 đến 100; xem lại con số", "{value} per cent: must be from 0 to 100"
)
POINTS_AND_TOTAL = _warning(
    "T2",
    "các tiêu chí cộng lại được {sum} điểm, tổng ghi {total}; đối chiếu với bảng điểm, không tự sửa cho khớp",
    "the criteria add up to {sum} points, the total says {total}; compare with the scoring sheet",
)
CRITERIA_AND_COUNT = _warning(
    "T2",
    "ghi {stated} tiêu chí nhưng danh sách có {listed}; xem lại",
    "{stated} criteria are stated but {listed} are listed; look again",
)
PERCENTAGE_IN_TEXT = _warning(
    "T3",
    "“{written}” không có trong các chỉ tiêu ({data}); xem lại con số, hoặc khai thêm chỉ tiêu",
    "“{written}” is in none of the targets ({data}); look at the number, or add a target",
)
TARGETS_IN_TEXT = _warning(
    "T4",
    "trong bài viết “{written}”, còn khai báo có {count} {what}; xem lại con số",
    "the text says “{written}”, the front matter has {count} {what}; look at the number",
)

# A: awards
COUNT_OF_RECIPIENTS = Message(
    "A1",
    "ghi {count} nhưng danh sách có {listed}; sửa số hoặc danh sách",
    "{count} are stated but {listed} are listed; correct the number or the list",
)
NOT_THEIRS_TO_GRANT = _warning(
    "A2",
    "{form} thường không do “{by}” tặng; xem lại hình thức hoặc người khen trong quyết định",
    "{form} is not usually granted by “{by}”; look at the form or the issuer in the decision",
)
AWARDS_IN_TEXT = _warning(
    "A3",
    "trong bài viết “{written}”, còn khai báo ghi {count}; xem lại con số",
    "the text says “{written}”, the front matter says {count}; look at the number",
)
OTHER_FORM_IN_TEXT = _warning(
    "A4",
    "ở đây viết “{written}”, còn khai báo chỉ có {data}; hai hình thức khác nhau, xem lại quyết định",
    "“{written}” is written here, the front matter has only {data}; these are different awards",
)

# C: commitments
COMMITMENTS_IN_TEXT = _warning(
    "C1",
    "trong bài viết “{written}”, còn khai báo có {count} nội dung giao ước; xem lại con số",
    "the text says “{written}”, the front matter has {count} commitments; look at the number",
)

# P: photos
SAME_CAPTION = _warning(
    "P2",
    "chú thích giống hệt ảnh {n}; viết điều riêng của ảnh này",
    "the caption is the same as that of photo {n}; say what is particular to this one",
)
SAME_PHOTO_ID = Message(
    "P8",
    "mã ảnh `{id}` trùng với ảnh {n}; thêm `id:` khác cho một trong hai ảnh",
    "the photo's id `{id}` is that of photo {n} as well; give one of them another `id:`",
)
NO_DESCRIPTION = _warning(
    "P3",
    "“{alt}” không tả ảnh; tả điều nhìn thấy: ai, đang làm gì, ở đâu",
    "“{alt}” does not describe the picture; say what is seen: who, doing what, where",
)
NOT_USED = _warning(
    "P5",
    "ảnh “{file}” nằm trong thư mục nhưng chưa khai ở photos nên không lên trang; khai thêm, hoặc xóa tệp",
    "the picture “{file}” is in the folder but not in photos, so it is not published; list it, or delete the file",
)

# X: privacy; S: symbols of documents
_OWN = "nếu là của chung cơ quan thì thêm `silenced: [{{rule: X1, reason: …}}]`"
_OWN_EN = "or, if it is the office's own, add `silenced: [{{rule: X1, reason: …}}]`"
TELEPHONE = Message(
    "X1",
    f"“{{written}}” giống số điện thoại; xóa đi, {_OWN}",
    f"“{{written}}” looks like a telephone number; delete it, {_OWN_EN}",
)
E_MAIL = Message(
    "X1", f"“{{written}}” là địa chỉ thư; xóa đi, {_OWN}", f"“{{written}}” is an e-mail address; delete it, {_OWN_EN}"
)
IDENTITY = Message(
    "X1",
    "“{written}” giống số căn cước, hộ chiếu của một người; xóa đi",
    "“{written}” looks like the number of somebody's identity card or passport; delete it",
)
NO_SYMBOL = _warning(
    "S1",
    "“{symbol}” không đúng dạng số, ký hiệu văn bản (154/KH-VPQH, 98/2023/NĐ-CP, 05-CT/TW); xem lại",
    "“{symbol}” has not the form of a document's symbol (154/KH-VPQH, 98/2023/NĐ-CP, 05-CT/TW); look again",
)
IRREGULAR_SYMBOL = _warning(
    "S1",
    "“{symbol}”: văn bản này thường viết “{meant}”; xem lại",
    "“{symbol}”: this is usually written “{meant}”; look again",
)
SYMBOL_ONLY_IN_TEXT = _warning(
    "S2",
    "văn bản “{symbol}” có trong bài nhưng chưa khai ở documents; khai thêm, hoặc xem lại số",
    "the document “{symbol}” is in the text but not in documents; add it, or look at the number",
)
SYMBOL_ONLY_IN_DATA = _warning(
    "S3",
    "văn bản “{symbol}” đã khai nhưng bài không nhắc tới; xem lại số, hoặc nhắc trong bài",
    "the document “{symbol}” is listed but the text does not mention it; look at the number, or mention it",
)
