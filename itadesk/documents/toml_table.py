"""Typed reading of a TOML table that names the key of every fault and refuses keys nobody asked for."""

from collections.abc import Sequence
from typing import Any, NoReturn, TypeVar, cast

from itadesk.errors import UserError
from itadesk.i18n import _

C = TypeVar("C", bound=str)
_MISSING: Any = object()


class TomlTable:
    """One table; `place` is its dotted path for messages, such as `memo: section[2].part[1]`."""

    def __init__(self, data: dict[str, Any], name: str, place: str = "") -> None:
        self._data = data
        self._name = name
        self._place = place
        self._asked: set[str] = set()

    def text(self, key: str, default: str = _MISSING) -> str:
        value = self._get(key, default)
        return value if isinstance(value, str) else self.refuse(key, _("text in quotes"))

    def flag(self, key: str, default: bool) -> bool:
        value = self._get(key, default)
        return value if isinstance(value, bool) else self.refuse(key, _("true or false, without quotes"))

    def number(self, key: str, default: float, least: float, most: float) -> float:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.refuse(key, _("a number from {least} to {most}").format(least=least, most=most))
        return value

    def choice(self, key: str, choices: Sequence[C], default: C = _MISSING) -> C:
        value = self._get(key, default)
        if value not in choices:
            self.refuse(key, _("one of {choices}").format(choices=", ".join(choices)))
        return value

    def texts(self, key: str, default: Sequence[str]) -> list[str]:
        values = self._list(key, default)
        if not all(isinstance(value, str) for value in values):
            self.refuse(key, _("a list of texts"))
        return cast(list[str], values)

    def table(self, key: str) -> "TomlTable":
        """The table under `key`; an empty one when there is none."""
        return self._child(self._get(key, {}), key)

    def tables(self, key: str) -> list["TomlTable"]:
        return [self._child(value, f"{key}[{number}]") for number, value in enumerate(self._list(key, ()), 1)]

    def tables_by_name(self, key: str) -> dict[str, "TomlTable"]:
        outer = self.table(key)
        return {name: outer.table(name) for name in outer._data}

    def table_rows(self, key: str) -> list[list["TomlTable"]]:
        rows: list[list[TomlTable]] = []
        for number, row in enumerate(self._list(key, ()), 1):
            if not isinstance(row, list):
                self.refuse(key, _("a list of lists"))
            cells = cast(list[Any], row)
            rows.append([self._child(cell, f"{key}[{number}][{n}]") for n, cell in enumerate(cells, 1)])
        return rows

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._data

    def finish(self) -> None:
        """Refuse what nobody asked for: a misspelt key must not be passed over in silence."""
        for key in sorted(self._data.keys() - self._asked):
            raise UserError(
                _("The layout “{name}” has the unknown key “{key}”.").format(
                    name=self._name, key=self._path(key)
                ),
                _("Known here: {keys}").format(keys=", ".join(sorted(self._asked))),
            )

    def _get(self, key: str, default: Any) -> Any:
        self._asked.add(key)
        value = self._data.get(key, default)
        if value is _MISSING:
            self.fault(key, _("it is missing"))
        return value

    def _list(self, key: str, default: Sequence[Any]) -> list[Any]:
        value = self._get(key, list(default))
        if not isinstance(value, list):
            self.refuse(key, _("a list"))
        return cast(list[Any], value)

    def _child(self, value: Any, key: str) -> "TomlTable":
        if not isinstance(value, dict):
            self.refuse(key, _("a table"))
        return TomlTable(cast(dict[str, Any], value), self._name, self._path(key))

    def _path(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def refuse(self, key: str, wanted: str) -> NoReturn:
        """Say that the value of `key` is not what is wanted."""
        self.fault(key, _("it must be {wanted}").format(wanted=wanted))

    def fault(self, key: str, fault: str) -> NoReturn:
        """Say what is wrong with `key`."""
        raise UserError(
            _("The layout “{name}”, at “{key}”: {fault}.").format(
                name=self._name, key=self._path(key), fault=fault
            ),
            _("Correct it in the layout's text and try again."),
        )
