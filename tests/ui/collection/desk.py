"""What the tests of the district's window do and look at."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from itadesk.ui.collection.page import CollectionPage
from itadesk.ui.collection.plan_page import PlanPage
from itadesk.ui.collection.tables import SortedTable
from itadesk.ui.window_content import WindowContent


def opened(content: WindowContent, where: Path) -> CollectionPage:
    content.collection.open(str(where))
    page = content.collection.page
    assert page is not None
    settled(page)
    return page


def settled(page: CollectionPage) -> None:
    """All answers are there."""
    page.session.tasks.wait()
    QApplication.processEvents()
    page.session.tasks.wait()


def planned(page: CollectionPage, paths: Sequence[Path]) -> PlanPage:
    page.receive(paths)
    page.session.tasks.wait()
    return page.plan


def took_in(page: CollectionPage, paths: Sequence[Path]) -> None:
    plan = planned(page, paths)
    plan.apply()
    page.session.tasks.wait()
    plan.leave()
    settled(page)


def column(table: SortedTable, name: str) -> list[str]:  # type: ignore[type-arg]
    at = table.model_rows.column(name)
    return [table.model_rows.text_at(row, at) for row in range(table.model_rows.rowCount())]
