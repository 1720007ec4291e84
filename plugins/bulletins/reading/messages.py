"""Every message about a file, its syntax, its fields, its photos and links: said once, in Vietnamese and English.

Rules about what a bulletin means have theirs in `rules/messages.py`. `docs/staff/loi.md` explains every code.
"""

from __future__ import annotations

from bulletins.mistakes import Message

# F: files
UTF_16 = Message(
    "F1",
    "tệp lưu theo bảng mã UTF-16; mở lại, chọn Lưu thành (Save as) với bảng mã UTF-8, "
    "hoặc chạy `python3 tasks.py check --fix`",
    "the file is UTF-16; save it as UTF-8, or run `python3 tasks.py check --fix`",
)
WINDOWS_1258 = Message(
    "F1",
    "tệp lưu theo bảng mã windows-1258: dòng này là “{line}”; lưu lại theo UTF-8, "
    "hoặc chạy `python3 tasks.py check --fix` để máy chuyển",
    "the file is windows-1258: this line reads “{line}”; save it as UTF-8, or run `python3 tasks.py check --fix`",
)
NOT_UTF_8 = Message(
    "F1",
    "tệp không phải bảng mã UTF-8 (có thể là TCVN3 hay VNI); đổi sang Unicode rồi lưu lại theo UTF-8",
    "the file is not UTF-8 (perhaps TCVN3 or VNI); convert it to Unicode and save it as UTF-8",
)
MOJIBAKE = Message(
    "F1",
    "chữ bị một chương trình khác lưu sai bảng mã (“{written}”…); chạy `python3 tasks.py check --fix`, hoặc chép lại từ"
    " tệp gốc",
    "another program saved the letters in a wrong encoding (“{written}”…); run `python3 tasks.py check --fix`, or copy"
    " the original again",
)
CUT_LETTER = Message(
    "F1",
    "tệp bị cắt giữa một chữ ở cuối (lần chép hoặc gửi trước chưa xong); chép lại tệp gốc",
    "the file ends in the middle of a letter (a copy that was not finished); copy it again",
)
OFFICE_FILE = Message(
    "F1",
    "đây là tệp Word, Excel hay RTF chỉ đổi tên, không phải tệp chữ; đổi lại đuôi cũ, rồi chép chữ sang index.md bằng"
    ' Notepad, hoặc với tệp .docx thì chạy `python3 tasks.py import "bài.docx"`',
    "a Word, Excel or RTF file under another name, no text; give it its old ending and copy its text into index.md, or"
    ' of a .docx run `python3 tasks.py import "text.docx"`',
)
SURROGATE = Message(
    "F1",
    "có nửa ký tự (surrogate) đứng một mình, do chương trình khác ghi sai; xóa ký tự đó và gõ lại",
    "half a character (a lone surrogate) left by another program; delete it and type it again",
)
STRANGE = Message(
    "F2",
    "ký tự lạ U+{code} (thường do chép từ Word); xóa và gõ lại",
    "strange character U+{code} (often copied from Word); delete it and type it again",
)
TOO_LARGE = Message(
    "F3",
    "tệp quá lớn ({size} kB, tối đa {most} kB); chia thành nhiều bản tin",
    "the file is too large ({size} kB, at most {most} kB); make several bulletins of it",
)
HEAD_TOO_LONG = Message(
    "F3",
    "phần khai báo quá dài ({size} kB, tối đa {most} kB); chuyển bớt xuống phần nội dung",
    "the front matter is too long ({size} kB, at most {most} kB); move some of it to the text",
)
BODY_TOO_LONG = Message(
    "F3",
    "phần nội dung quá dài ({size} nghìn chữ cái, tối đa {most} nghìn); chia thành nhiều bản tin",
    "the text is too long ({size} thousand characters, at most {most}); make several bulletins of it",
)
LINK = Message(
    "F4",
    "đây là liên kết tới nơi khác; chép chính tệp đó vào thư mục này",
    "this is a link to another place; copy the file itself into this folder",
)
STRAY = Message(
    "F5",
    "bản tin phải nằm trong thư mục riêng và tên tệp là {index}; đổi tên hoặc chuyển tệp này",
    "a bulletin stands in a folder of its own and its file is called {index}; rename or move this file",
)
COPY = Message(
    "F5",
    "hình như là bản khác của {index}, do phần mềm đồng bộ hoặc người khác để lại; so hai tệp, giữ một, xóa tệp kia",
    "this seems another version of {index}, left by a program that synchronises or a colleague; compare, delete one",
)
LEFT_OVER = Message(
    "F5",
    "thư mục không có {index}; nếu tệp này là bản tin thì đổi tên thành {index}, nếu không thì xóa đi",
    "the folder has no {index}; if this file is the bulletin name it {index}, or else delete it",
)
HIDDEN = Message(
    "F5",
    "có bản tin hoặc tệp danh bạ mà không được đọc, vì tên bắt đầu bằng dấu chấm; bỏ dấu chấm, hoặc chuyển đi nơi khác",
    "a bulletin or a file of the register is not read, as the name begins with a dot; rename it, or move it away",
)
OUTSIDE = Message(
    "F5",
    "không được đọc: bản tin để ở content/bulletins, danh bạ ở content/register, trang tĩnh ở content/pages, tệp đăng"
    " nguyên ở content/extra; đổi tên hoặc chuyển vào đó",
    "not read: bulletins are in content/bulletins, the register in content/register, static pages in content/pages,"
    " files published as they are in content/extra; rename or move it",
)
NO_UTF_8_NAME = Message(
    "F5",
    "tên không phải UTF-8 nên máy khác không đọc được; đổi tên, chỉ dùng chữ không dấu",
    "the name is no UTF-8, so other machines cannot read it; rename it in plain letters",
)
NO_FOLDER = Message(
    "F5",
    "đây phải là thư mục; đổi tên tệp này rồi tạo lại thư mục",
    "this must be a folder; rename this file and make the folder again",
)
NO_FILE = Message(
    "F5",
    "đây phải là một tệp thường; đổi tên thư mục (hay ống dẫn, thiết bị) này, rồi tạo lại tệp",
    "this must be an ordinary file; rename this folder (or pipe, or device), and make the file again",
)
PAGE_ELSEWHERE = Message(
    "F5",
    "tệp này không được đọc: trang tĩnh là các tệp đuôi `.md` ngay trong content/pages (tiếng Anh: content/pages/en)",
    "this file is not read: static pages are `.md` files in content/pages itself (in English: content/pages/en)",
)
PAGE_NAME = Message(
    "F5",
    "tên tệp là địa chỉ của trang, chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối; đổi thành {near}.md",
    "the file's name is the page's address: small letters, digits and hyphens; rename it {near}.md",
)
PAGE_RESERVED = Message(
    "F5",
    "địa chỉ /{slug}/ đã dành cho phần khác của trang; đổi tên tệp, ví dụ {slug}-gioi-thieu.md",
    "the address /{slug}/ belongs to another part of the site; rename the file, say {slug}-about.md",
)
EXTRA_NAME = Message(
    "F10",
    "tên trong content/extra là địa chỉ trên trang: chỉ dùng chữ không dấu, chữ số, dấu chấm, gạch nối; đổi tên",
    "a name in content/extra is an address: plain letters, digits, dots and hyphens only; rename it",
)
EXTRA_TAKEN = Message(
    "F10",
    "địa chỉ này là của trang, tệp trong content/extra không được chiếm; đổi tên hoặc xóa đi",
    "this address is the site's own, and no file of content/extra may take it; rename or delete it",
)
EXTRA_SIZE = Message(
    "F10",
    "tệp trong content/extra quá lớn (tối đa 50 MB); để ở máy chủ khác rồi dẫn liên kết",
    "the file in content/extra is too large (50 MB at most); put it on another server and link to it",
)
NOT_IN_REGISTER = Message(
    "F5",
    "tệp này không được đọc: danh bạ chỉ gồm {names}; so với tệp chính, chép sang đó phần còn thiếu rồi xóa tệp này",
    "this file is not read: the register is {names} alone; compare, copy what is missing there, and delete this file",
)
REGISTER_RENAMED = Message(
    "F5",
    "tệp này không được đọc vì tên của nó; đổi tên thành {file}",
    "this file is not read because of its name; rename it {file}",
)
REGISTER_MOVED = Message(
    "F5",
    "tệp này không được đọc vì nằm trong thư mục con; chuyển ra thành {file}",
    "this file is not read because of its folder; move it to {file}",
)
NO_BULLETIN = Message(
    "F6",
    "thư mục có tệp nhưng không có bản tin; thêm {index}, hoặc chuyển các tệp đi",
    "the folder has files but no bulletin; add {index}, or move the files away",
)
EMPTY = Message(
    "F7",
    "tệp trống; chép lại từ một bản tin mẫu, hoặc xóa thư mục này",
    "the file is empty; copy it from a sample bulletin, or delete this folder",
)
NO_START = Message(
    "F7",
    "dòng đầu tiên phải là ba dấu gạch `---`, sau đó mới đến phần khai báo (id, title…)",
    "the first line must be three hyphens `---`; the front matter (id, title…) comes after it",
)
NO_END = Message(
    "F8",
    "phần khai báo không có dòng kết thúc; thêm một dòng `---` trước phần nội dung",
    "the front matter has no last line; add a line `---` before the text",
)
UNREADABLE = Message(
    "F9",
    "không mở được tệp ({why}); kiểm tra quyền đọc, hoặc đóng chương trình đang giữ tệp",
    "the file cannot be opened ({why}); check that it may be read and no other program holds it",
)

# Y: syntax of front matter
SYNTAX = Message(
    "Y1",
    "khai báo sai cú pháp; xem dấu hai chấm, dấu nháy, dấu gạch đầu dòng, chỗ thụt lề ở dòng này và vài dòng trên",
    "this line or one shortly above breaks the syntax; look at its colon, quotes, hyphen and indentation",
)
UNPARSED = Message("Y1", "phần khai báo không đọc được: {problem}", "the front matter cannot be read: {problem}")
SECOND_DOCUMENT = Message(
    "Y1", "dấu `---` lạc giữa phần khai báo; xóa dòng này", "a stray `---` inside the front matter; delete this line"
)
KEY_IS_NO_TEXT = Message(
    "Y1",
    "tên trường phải là chữ thường; xem lại dấu ngoặc và dấu hai chấm",
    "a field's name must be plain text; look at brackets and colons",
)
COLON_INSIDE = Message(
    "Y1",
    'có dấu hai chấm giữa giá trị; đặt cả giá trị trong dấu nháy kép, ví dụ bloc: "Khối III: Văn phòng"',
    'a colon inside the value; put the whole value in double quotes, as in bloc: "Khối III: Văn phòng"',
)
LEFT_OPEN = Message(
    "Y1",
    "dấu nháy hoặc dấu ngoặc mở ra ở dòng này hay một dòng trên mà không đóng lại; thêm dấu đóng ở cuối giá trị",
    "a quote or bracket is opened here or above and never closed; close it at the end of the value",
)
SIGN_AT_START = Message(
    "Y1",
    "giá trị bắt đầu bằng một dấu có nghĩa riêng; đặt cả giá trị trong dấu nháy kép",
    "the value begins with a sign that has a meaning of its own; put the whole value in double quotes",
)
NO_COLON = Message(
    "Y1",
    "dòng này thiếu dấu hai chấm sau tên trường, hoặc thụt lề chưa thẳng với dòng trên",
    "no colon after the field's name, or the indentation differs from the line above",
)
NO_BLANK = Message(
    "Y1",
    "sau tên trường phải là dấu hai chấm rồi một dấu cách; viết `{key}: …`",
    "a field's name is followed by a colon and a blank; write `{key}: …`",
)
TWICE = Message(
    "Y2", "trường `{key}` khai hai lần; giữ lại một dòng", "the field `{key}` stands here twice; keep one of the lines"
)
ANCHOR = Message(
    "Y3",
    "dấu `&` hoặc `*` ở đầu giá trị có nghĩa riêng; đặt cả giá trị trong dấu nháy kép",
    "`&` or `*` at the start of a value has a meaning of its own; put the whole value in double quotes",
)
MERGE = Message(
    "Y3",
    "không dùng khóa gộp `<<`; chép các trường cần dùng vào đây",
    "merge keys (`<<`) are not taken; copy the fields you need",
)
TAG = Message(
    "Y3",
    "dấu `!` ở đầu giá trị có nghĩa riêng; đặt cả giá trị trong dấu nháy kép",
    "`!` at the start of a value has a meaning of its own; put the whole value in double quotes",
)
TAB = Message(
    "Y4",
    "dòng thụt vào bằng phím Tab; thay bằng dấu cách (mỗi bậc hai dấu cách)",
    "the line is indented with a tab; use blanks (two for each level)",
)
TOO_DEEP = Message(
    "Y5",
    "lồng quá {most} bậc; xem lại các dấu ngoặc và chỗ thụt lề",
    "more than {most} levels deep; look at brackets and indentation",
)
NOT_FIELDS = Message(
    "Y6",
    "phần khai báo phải gồm các dòng `tên: giá trị`",
    "the front matter must consist of lines `name: value`",
)
NOT_A_LIST = Message(
    "Y6",
    "danh bạ là một danh sách, mỗi mục bắt đầu bằng `- id: …`",
    "the register is a list whose entries begin with `- id: …`",
)

# V: fields and values
NO_SUCH_FIELD = Message("V1", "không có trường này; có phải `{near}`?", "no such field; did you mean `{near}`?")
NO_SUCH_FIELD_BUT_THERE = Message(
    "V1",
    "không có trường này; `{near}` thì đã khai ở dòng khác: sửa dòng ấy nếu cần, rồi xóa dòng này",
    "no such field; `{near}` stands on a line of its own: mend that where needed, and delete this line",
)
NO_SUCH_FIELD_AT_ALL = Message(
    "V1", "không có trường này; các trường dùng được: {fields}", "no such field; the fields here are: {fields}"
)
FIELD_OF_OTHER_TOOLS = Message("V1", "không có trường này; {instead}", "no such field; {instead}")
BOTH_BLOC_AND_BLOCS = Message(
    "V1",
    "`bloc` và `blocs` là một trường; ghi mọi khối vào `bloc`, mỗi khối một dòng, rồi xóa dòng này",
    "`bloc` and `blocs` are one field; list every bloc under `bloc`, and delete this",
)
NO_BLOC = Message(
    "V2",
    "chưa ghi khối, cụm; thêm dòng `bloc: …` (mã hoặc tên trong danh bạ), "
    "hoặc `bloc: không` khi buổi lễ không của khối nào, rồi ghi cơ quan tổ chức, nếu rõ, ở dòng `host: …`",
    "no bloc is named; add a line `bloc: …` (id or name in the register), "
    "or `bloc: không` for a ceremony of no bloc, with its host, if known, in a line `host: …`",
)
LEFT_EMPTY = Message(
    "V2",
    "dòng này còn trống ({meaning}); điền sau dấu hai chấm",
    "this line is still empty ({meaning}); fill it in after the colon",
)
MISSING = Message(
    "V2",
    "thiếu trường này ({meaning}); thêm dòng `{name}: …`",
    "this field is missing ({meaning}); add a line `{name}: …`",
)
WANTS_FIELDS = Message(
    "V3",
    "ở đây cần một nhóm trường thụt vào dưới tên này, mỗi trường một dòng `tên: giá trị`",
    "a group of fields belongs here, indented below this name, each on a line `name: value`",
)
WANTS_LIST = Message(
    "V3",
    "ở đây cần một danh sách, mỗi mục một dòng bắt đầu bằng `- `",
    "a list belongs here, each entry on a line that begins with `- `",
)
WANTS_VALUE = Message(
    "V3",
    "ở đây cần một giá trị; điền vào, hoặc xóa cả dòng nếu không có",
    "a value belongs here; fill it in, or delete the line if there is none",
)
UNFIT = Message("V3", "giá trị “{value}” không dùng được ({why})", "the value “{value}” cannot be used ({why})")
NOT_IN_LIST = Message(
    "V4",
    "“{text}” không có trong danh mục; có phải `{near}`? Dùng được: {codes}",
    "“{text}” is not in the list; did you mean `{near}`? The codes are: {codes}",
)
NOT_IN_LIST_AT_ALL = Message(
    "V4",
    "“{text}” không có trong danh mục; dùng được: {codes}",
    "“{text}” is not in the list; the codes are: {codes}",
)
NOT_ONE_OF = Message(
    "V4", "“{text}” không dùng được; chọn một trong: {codes}", "“{text}” cannot be used; choose one of: {codes}"
)
NO_ID = Message(
    "V5",
    "“{text}” không dùng làm mã được; chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối",
    "“{text}” cannot be an id; use only lower-case letters without marks, digits and hyphens",
)
TOO_LONG = Message("V5", "dài quá {most} ký tự; rút ngắn lại", "longer than {most} characters; shorten it")
OUT_OF_RANGE = Message("V6", "“{value}” ngoài khoảng cho phép: {limits}", "“{value}” is out of range: {limits}")
NO_YEAR_NUMBER = Message(
    "V6",
    "“{text}” không phải một năm; viết bốn chữ số như 2023, hoặc năm học như 2022–2023",
    "“{text}” is not a year; write four digits such as 2023, or a school year such as 2022–2023",
)
OTHER_SCHOOL_YEAR = Message(
    "V6",
    "năm học {text} bắt đầu năm {year}, mà `years` không có năm ấy; xóa dòng này, và năm nào là năm học thì ghi cả hai "
    "năm, như `pact: {year}–{next}`",
    "the school year {text} begins in {year}, which is none of `years`; delete this line, and write a school year with "
    "both its years, as in `pact: {year}–{next}`",
)
NO_NUMBER = Message(
    "V6",
    "“{text}” không phải một số; viết bằng chữ số, ví dụ 95 hoặc 1.000",
    "“{text}” is not a number; write it in figures, such as 95 or 1.000 (one thousand)",
)
NO_FOCUS = Message(
    "V6",
    "“{text}” không phải một điểm của ảnh; viết như `50% 30%` (từ trái, từ trên), hoặc `trái`, `phải`, `trên`, `dưới`",
    "“{text}” is no point of a picture; write it as `50% 30%` (from the left, from the top)",
)
NO_FORMER_ADDRESS = Message(
    "V8",
    "“{text}” không phải địa chỉ trên trang cũ; chỉ ghi phần sau tên miền, bắt đầu bằng dấu gạch chéo: `{meant}`",
    "“{text}” is no address on an older site; write what follows its host, from the slash on: `{meant}`",
)
NO_INTEGER = Message("V6", "“{value}” phải là số nguyên", "“{value}” must be a whole number")
NO_FLAG = Message("V7", "“{text}”: ở đây chỉ ghi `có` hoặc `không`", "“{text}”: write `có` (yes) or `không` (no) here")

# D1: dates that cannot be read
NO_YEAR = Message(
    "D1", "ngày “{text}” thiếu năm; thêm năm vào: {day}/{month}/…", "the date “{text}” has no year; add it"
)
NO_YEAR_BUT_PROPOSED = Message(
    "D1",
    "ngày “{text}” thiếu năm; theo năm ở `years` thì là {proposed}: ghi như vậy, kèm `year_from: pact_year` "
    "nếu đây là ngày diễn ra",
    "the date “{text}” has no year; from the year in `years` it is {proposed}: write that, with "
    "`year_from: pact_year` if it is the ceremony's",
)
OTHER_WEEKDAY = Message(
    "D1",
    "“{text}”: ngày ấy là {weekday}; sửa ngày, hoặc bỏ thứ",
    "“{text}”: that day is a {weekday}; mend the date, or leave out the weekday",
)
IMPOSSIBLE = Message(
    "D1",
    "ngày “{text}” không có trong lịch; xem lại ngày và tháng, và thứ nếu có ghi",
    "the date “{text}” is not in the calendar; look at day and month, and at the weekday if there is one",
)
HOUR_NOT_WANTED = Message(
    "D1", "“{text}”: ở đây chỉ ghi ngày, bỏ phần giờ", "“{text}”: only the day belongs here; leave out the hour"
)
NO_DATE = Message(
    "D1",
    "“{text}” không phải một ngày; viết năm-tháng-ngày như 2023-02-22, hoặc ngày/tháng/năm như 22/02/2023",
    "“{text}” is not a date; write year-month-day such as 2023-02-22, or day/month/year such as 22/02/2023",
)

# B, I: names and ids
UNKNOWN = Message(
    "B1",
    "danh bạ chưa có {kind} “{text}”; có phải {listed}? Nếu đúng là tên mới, thêm vào {file}: {line}",
    "the register has no {kind} “{text}”; did you mean {listed}? If the name is new, add to {file}: {line}",
)
UNKNOWN_AT_ALL = Message(
    "B1",
    "danh bạ chưa có {kind} “{text}”; chưa có tên nào gần giống. Nếu đúng là tên mới, thêm vào {file}: {line}",
    "the register has no {kind} “{text}”, nor any name like it. If the name is new, add to {file}: {line}",
)
ELSEWHERE = Message(
    "B4",
    "“{text}” chỉ có ở nơi khác: {listed}. Đúng đơn vị ấy thì ghi mã; là đơn vị khác thì thêm vào {file}: {line}",
    "only others have “{text}”: {listed}. If it is one of them write its id; if not, add to {file}: {line}",
)
WHICH_BLOC = Message(
    "B5",
    "bản tin nói về nhiều khối mà mục này chưa ghi của khối nào; thêm một trong các dòng: {listed}",
    "the bulletin is about several blocs, and this does not say which; add one of these lines: {listed}",
)
NONE_OF_THE_BLOCS = Message(
    "B5",
    "“{bloc}” không phải khối của bản tin này; ghi thêm khối đó ở `bloc`, hoặc chọn một trong: {listed}",
    "“{bloc}” is no bloc of this bulletin; add it to `bloc`, or take one of: {listed}",
)
YEARS_OF_NO_BLOC = Message(
    "B5",
    "`bloc: không` mà lại có `bloc_years`; ghi khối ở `bloc`, hoặc xóa `bloc_years`",
    "`bloc_years` of no bloc; name the bloc in `bloc`, or delete `bloc_years`",
)
HOST_OF_BLOC = Message(
    "B5",
    "cơ quan tổ chức (“{host}”) lấy từ khối trong danh bạ; xóa dòng này, hoặc ghi `bloc: không`",
    "the host (“{host}”) is known from the bloc; delete this line, or write `bloc: không`",
)
AMBIGUOUS = Message(
    "B4",
    "“{text}” là tên của nhiều {kind}; ghi rõ mã: {listed}",
    "“{text}” is the name of several {kind}; write the id: {listed}",
)
SAME_ID = Message(
    "I1",
    "mã `{id}` đã dùng ở {other}; mỗi bản tin một mã riêng: nếu tệp này là bản chép thì đổi mã của nó",
    "the id `{id}` is used in {other}; every bulletin has an id of its own: if this is a copy, change its id",
)
SAME_ID_IN_REGISTER = Message(
    "I1",
    "mã `{id}` đã dùng cho một mục khác; mỗi mục một mã riêng",
    "the id `{id}` is used by another entry; every entry has an id of its own",
)

# W, Z: withdrawal and silencing
NO_REASON = Message(
    "W1",
    "bản tin đã gỡ phải nói rõ ngày và lý do; thêm `withdrawn:` với `date:` và `reason:`",
    "a withdrawn bulletin says when and why; add `withdrawn:` with `date:` and `reason:`",
)
NOT_WITHDRAWN = Message(
    "W1",
    "có thông tin gỡ bài nhưng `status` chưa là `withdrawn`; sửa `status`, hoặc xóa mục này",
    "there is a withdrawal but `status` is not `withdrawn`; change `status`, or delete this",
)
ADDRESS_TAKEN = Message(
    "W7",
    "`{address}` không dẫn tới bản tin này được: địa chỉ ấy đã có ở {holder}; xóa dòng này, hoặc bỏ ở nơi kia",
    "`{address}` cannot lead to this bulletin: {holder} has that address; delete this line, or the other",
)
RESERVED = Message(
    "V5",
    "“{text}” là tên máy tính hoặc trang dành riêng; viết dài hơn, ví dụ `{text}-2023`",
    "“{text}” is a name that computers or the site keep for themselves; make it longer, say `{text}-2023`",
)
ESCAPED = Message(
    "F2",
    "trong dấu nháy có mã của ký tự không nhìn thấy ({code}); xóa mã đó đi",
    "the quotes hold the code of a character that cannot be seen ({code}); delete the code",
)
TO_FILL_IN = Message(
    "Q3",
    "còn chỗ ghi CẦN ĐIỀN; điền vào hoặc xóa đi, hay ghi `status: draft` nếu bản tin chưa xong",
    "a place still says CẦN ĐIỀN; fill it in or delete it, or write `status: draft` while the bulletin is not finished",
)
UNANSWERED = Message(
    "Q1",
    "câu hỏi khi nhập bài chưa có trả lời: {words}. Điền giá trị rồi xóa phần từ dấu #; bài không nói thì xóa cả dòng",
    "a question from importing is open: {words}. Fill in the value and delete from the #, or delete the line",
)
UNREAD = Message(
    "Q2",
    "đề xuất còn ngờ, chưa ai xem: {words}. Đúng thì xóa phần từ dấu #; sai thì sửa",
    "a doubtful proposal nobody has looked at: {words}. If it is right delete from the #, else mend it",
)
ENDS_FIRST = Message(
    "W2",
    "hạn đăng không sau lúc đăng (`published`) nên bản tin sẽ không bao giờ hiện; sửa một trong hai",
    "it ends before it begins (`published`), so it would never be seen; change one of them",
)
NO_SUCH_RULE = Message(
    "Z1",
    "không có quy tắc “{rule}” để bỏ qua; các quy tắc bỏ qua được: {rules}",
    "there is no rule “{rule}” to silence; these can be: {rules}",
)
NOTHING_SILENCED = Message(
    "Z2",
    "quy tắc {rule} không còn báo gì ở bản tin này; xóa mục bỏ qua này",
    "rule {rule} has nothing to say here any more; delete this entry",
    "warning",
)

# P, K, L: photos, text, links
NO_PHOTO = Message(
    "P4",
    "không thấy ảnh “{file}” trong thư mục của bản tin; chép ảnh vào đó, hoặc xóa mục này",
    "there is no picture “{file}” in the bulletin's folder; copy it there, or delete this entry",
)
NO_PHOTO_BUT_NEAR = Message(
    "P4",
    "không thấy ảnh “{file}” trong thư mục của bản tin; có phải “{near}”?",
    "there is no picture “{file}” in the bulletin's folder; did you mean “{near}”?",
)
PHOTO_ELSEWHERE = Message(
    "P4",
    "“{file}” phải là tên tệp, không kèm thư mục; chép ảnh vào thư mục của bản tin",
    "“{file}” must be a file name without a folder; copy the picture into the bulletin's folder",
)
NO_ALT = Message(
    "P1",
    "ảnh chưa có mô tả; thêm dòng `alt: …` tả điều nhìn thấy trong ảnh, hoặc viết trong bài `![mô tả](tên tệp)`",
    "the picture has no description; add a line `alt: …`, or write `![description](file name)` in the text",
)
NO_ALT_OF_AUTO = Message(
    "P1",
    "chưa có mô tả cho các ảnh: {files}; viết trong bài `![mô tả](tên tệp)`, hoặc khai từng ảnh thay cho `auto`",
    "these pictures have no description: {files}; write `![description](file name)` in the text, or list them "
    "one by one instead of `auto`",
)
NO_PHOTOS = Message(
    "P4",
    "`auto` nghĩa là mọi ảnh trong thư mục, nhưng thư mục không có ảnh nào; chép ảnh vào, hoặc xóa dòng này",
    "`auto` means every picture in the folder, but there is none; copy them there, or delete this line",
)
NOT_LISTED = Message(
    "P6",
    "ảnh “{file}” trong bài chưa khai ở mục photos; chép ảnh vào thư mục của bản tin và khai ở mục photos",
    "the picture “{file}” in the text is not listed in photos; copy it into the bulletin's folder and list it",
)
NOT_LISTED_BUT_NEAR = Message(
    "P6",
    "ảnh “{file}” trong bài chưa khai ở mục photos; có phải “{near}”?",
    "the picture “{file}” in the text is not listed in photos; did you mean “{near}”?",
)
AMONG_WORDS = Message(
    "P7",
    "ảnh “{file}” đứng lẫn trong câu; đặt ảnh thành một đoạn riêng, trên và dưới đều có dòng trống",
    "the picture “{file}” stands among words; make it a paragraph of its own, with empty lines around it",
)
DEAD_LINK = Message(
    "L1",
    "liên kết “{href}” không dùng được; dùng địa chỉ đầy đủ https://… hoặc địa chỉ trong trang bắt đầu bằng `/`",
    "the link “{href}” leads nowhere; use a full address https://… or one of this site that begins with `/`",
)
TANGLED = Message(
    "K1",
    "đoạn này có quá nhiều {what} ({count}, tối đa {most}); chia thành nhiều đoạn, hoặc bỏ bớt",
    "this paragraph has too many {what} ({count}, at most {most}); divide it, or remove some",
)
TANGLED_BEYOND_READING = Message(
    "K1",
    "nội dung lồng quá nhiều bậc nên không dựng được; bỏ bớt dấu `>`, dấu ngoặc và chỗ thụt lề",
    "the text is nested too deeply to be rendered; remove some `>`, brackets and indentation",
)
