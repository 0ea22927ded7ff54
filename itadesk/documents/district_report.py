"""The district's report of all offices in a fiscal year: who sent what, how far the measures are, what is late."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from itadesk.documents.tree import (
    Block,
    Column,
    DocumentTree,
    HeadCell,
    Paragraph,
    Row,
    Run,
    Section,
    Space,
    Table,
)
from itadesk.domain import ita, thai
from itadesk.domain.consolidated import DistrictYear, share, total
from itadesk.domain.model import Round
from itadesk.domain.progress import Counts

_STATUSES = ("ยังไม่\nดำเนินงาน", "อยู่ระหว่าง\nดำเนินงาน", "ดำเนินงาน\nเสร็จแล้ว")
_SIZE = 14


def report(district_year: DistrictYear) -> DocumentTree:
    """The report as plain data, in Thai digits."""
    district = district_year.district
    title = "รายงานสรุปผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"
    of = f"ขององค์กรปกครองส่วนท้องถิ่น {district}".strip()
    blocks: list[Block] = [
        _heading(title),
        _heading(f"{of} ประจำปีงบประมาณ พ.ศ. {district_year.fiscal_year}{_round(district_year.round)}"),
        Space(0.4),
        *_opening(district_year),
        *_part("ตารางที่ 1 ผลการดำเนินการรายหน่วยงาน", _offices(district_year)),
        *_part("ตารางที่ 2 ผลการดำเนินการรายตัวชี้วัด", _indicators(district_year)),
    ]
    if district_year.late:
        blocks += _part(_late_caption(district_year), _late(district_year))
    if district_year.missing:
        blocks += _part("หน่วยงานที่ยังไม่ส่งแฟ้ม", _missing(district_year))
    section = Section(tuple(map(_in_thai_digits, blocks)), page_number="of_total")
    return DocumentTree(thai.thai_digits(title), district, (section,))


def _heading(text: str) -> Paragraph:
    return Paragraph((Run(text, bold=True),), align="center", size=18, keep_with_next=True)


def _part(caption: str, table: Table) -> list[Block]:
    return [Space(0.3), replace(table, caption=caption)]


def _round(round_: Round | None) -> str:
    return f" รอบ {round_} เดือน" if round_ else ""


def _rounds(district_year: DistrictYear) -> str:
    """Which rounds are counted where each office is looked at in its latest."""
    times = Counter(one.round for one in district_year.offices)
    if district_year.round or not times:
        return ""
    told = " ".join(f"รอบ {round_} เดือน {count} แห่ง" for round_, count in sorted(times.items()))
    return f" (รอบล่าสุดของแต่ละหน่วยงาน: {told})"


def _late_caption(district_year: DistrictYear) -> str:
    caption = "ตารางที่ 3 มาตรการที่พ้นกำหนดและยังไม่แล้วเสร็จ"
    shown, late = len(district_year.late), sum(one.overdue for one in district_year.offices)
    return f"{caption} (แสดง {shown} จาก {late} รายการ)" if shown < late else caption


def _opening(district_year: DistrictYear) -> Iterator[Paragraph]:
    counts = total(one.counts for one in district_year.offices)
    late = sum(one.overdue for one in district_year.offices)
    said = (
        f"ณ วันที่ {thai.long_date(district_year.day)} มีหน่วยงานส่งข้อมูลแล้ว {len(district_year.offices)} แห่ง"
        f"{_rounds(district_year)} รวม {counts.total} มาตรการ"
    )
    if district_year.missing:
        said += f" ยังไม่ส่ง {len(district_year.missing)} แห่ง"
    said += (
        f" ดำเนินงานเสร็จแล้ว {counts.done} มาตรการ คิดเป็นร้อยละ {share(counts.done, counts.total)}"
        f" อยู่ระหว่างดำเนินงาน {counts.in_progress} มาตรการ ยังไม่ดำเนินงาน {counts.not_started} มาตรการ"
    )
    if late:
        said += f" พ้นกำหนดและยังไม่แล้วเสร็จ {late} มาตรการ"
    yield Paragraph((Run(said),), indent=2.5)


def _table(heads: Sequence[str], columns: Sequence[Column], rows: Sequence[Row]) -> Table:
    return Table(tuple(columns), (tuple(HeadCell(head) for head in heads),), tuple(rows), size=_SIZE)


_NUMBER = Column("center", 1.2, counted=True)
_COUNT = Column("center", 1.9, counted=True)


def _counted(counts: Counts, overdue: int) -> tuple[str, ...]:
    numbers = (counts.total, counts.not_started, counts.in_progress, counts.done)
    return (*map(str, numbers), f"{share(counts.done, counts.total)}", str(overdue))


_COUNTED = ("มาตรการ", *_STATUSES, "ร้อยละ\nเสร็จ", "พ้น\nกำหนด")


def _offices(district_year: DistrictYear) -> Table:
    rows = [
        Row((str(number), one.full_name, *_counted(one.counts, one.overdue)))
        for number, one in enumerate(district_year.offices, 1)
    ]
    counts = total(one.counts for one in district_year.offices)
    late = sum(one.overdue for one in district_year.offices)
    rows.append(Row(("", "รวม", *_counted(counts, late))))
    columns = (_NUMBER, Column(), *[_COUNT] * len(_COUNTED))
    return _table(("ที่", "หน่วยงาน", *_COUNTED), columns, rows)


def _indicators(district_year: DistrictYear) -> Table:
    names = ita.indicators(district_year.fiscal_year - 1)
    rows = [
        Row((one.indicator, _name_of(one.indicator, names), *_counted(one.counts, one.overdue)))
        for one in district_year.indicators
    ]
    columns = (Column("center", 1.6), Column(), *[_COUNT] * len(_COUNTED))
    return _table(("ตัวชี้วัด", "ชื่อตัวชี้วัด", *_COUNTED), columns, rows)


def _name_of(code: str, names: Mapping[str, ita.Indicator]) -> str:
    found = names.get(code) or names.get(code.partition(".")[0])
    return found.name if found is not None else "ไม่ระบุตัวชี้วัด"


def _late(district_year: DistrictYear) -> Table:
    rows = [
        Row((str(number), one.office, one.title, one.responsible, thai.short_date(one.last_day)))
        for number, one in enumerate(district_year.late, 1)
        if one.last_day is not None
    ]
    columns = (_NUMBER, Column(width=3.6), Column(), Column(width=2.8), Column("center", 2.2))
    return _table(("ที่", "หน่วยงาน", "มาตรการ", "ผู้รับผิดชอบ", "ครบกำหนด"), columns, rows)


def _missing(district_year: DistrictYear) -> Table:
    rows = [
        Row((str(number), one.full_name, one.district)) for number, one in enumerate(district_year.missing, 1)
    ]
    return _table(("ที่", "หน่วยงาน", "อำเภอ"), (_NUMBER, Column(), Column(width=4)), rows)


def _in_thai_digits(block: Block) -> Block:
    match block:
        case Paragraph(runs=runs):
            return replace(block, runs=tuple(replace(run, text=thai.thai_digits(run.text)) for run in runs))
        case Table(rows=rows, head=head, caption=caption):
            return replace(
                block,
                caption=thai.thai_digits(caption),
                rows=tuple(replace(row, cells=tuple(map(thai.thai_digits, row.cells))) for row in rows),
                head=tuple(
                    tuple(replace(cell, text=thai.thai_digits(cell.text)) for cell in line) for line in head
                ),
            )
        case _:
            return block
