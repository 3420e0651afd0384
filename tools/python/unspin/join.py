"""Joining clusters back to the table that they were made of, whose kind is kept."""

from __future__ import annotations

import sys
from typing import Any

from . import _core


class _Columns:
    """The columns to be added, as an Arrow stream."""

    def __init__(self, core: _core.Clustered) -> None:
        self._core = core
        names = ["cluster", "representative", "similarity"]
        self.names = [*names, "archive"] if core.is_against_archive else names

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._core.join().__arrow_c_stream__()

    def lists(self) -> dict[str, list[object]]:
        """The same as lists."""
        values: dict[str, list[object]] = {name: [] for name in self.names}
        stream = self._core.join()
        while (columns := stream.next_columns()) is not None:
            for name, column in zip(self.names, columns):
                values[name] += column
        return values

    def check(self, names: list[str], rows: int) -> None:
        """Raises ValueError unless the columns fit the table."""
        if rows != self._core.rows:
            raise ValueError(f"the table has {rows} rows, and dedup read {self._core.rows}; give the same table")
        for name in self.names:
            if name in names:
                raise ValueError(f'the table has a column "{name}" already; rename it or drop it before the join')


def _is_instance(table: object, module: str, name: str) -> bool:
    """Whether the table is of a class of a package, which is not imported for it."""
    package = sys.modules.get(module)
    kind = getattr(package, name, None)
    return kind is not None and isinstance(table, kind)


def join(core: _core.Clustered, table: Any) -> Any:
    """The table with the columns of `core`."""
    columns = _Columns(core)
    if _is_instance(table, "pandas", "DataFrame"):
        import pandas

        columns.check([str(name) for name in table.columns], len(table))
        lists = columns.lists()
        types = {"cluster": "UInt64", "representative": "object", "similarity": "Float64", "archive": "boolean"}
        return table.assign(
            **{name: pandas.array(values, dtype=types[name]) if name != "representative"
               else pandas.Series(values, index=table.index, dtype="str")
               for name, values in lists.items()}
        )
    if _is_instance(table, "polars", "LazyFrame"):
        raise TypeError("a LazyFrame has no rows yet; collect it, and give the same DataFrame to dedup and to join")
    if _is_instance(table, "polars", "DataFrame"):
        import polars

        columns.check(table.columns, table.height)
        return table.hstack(polars.DataFrame(columns))
    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(
            f"the type {type(table).__name__} is no table; join takes tables of pyarrow, polars, pandas and duckdb"
        )
    import pyarrow

    if not isinstance(table, pyarrow.Table):
        table = pyarrow.table(table)
    columns.check(table.column_names, table.num_rows)
    added = pyarrow.table(columns)
    for name in added.column_names:
        table = table.append_column(name, added[name])
    return table
