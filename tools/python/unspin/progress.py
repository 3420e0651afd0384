"""Progress bars, through tqdm where it is installed."""

from collections.abc import Callable


def reporter(wanted: bool) -> Callable[[float, str], None] | None:
    """A function that shows how far a call is, or None if it is not wanted or there is no tqdm."""
    if not wanted:
        return None
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    bars: dict[str, "tqdm"] = {}

    def show(done: float, what: str) -> None:
        """`done` is a number of rows; of "clustered" it is the share."""
        is_share = what == "clustered"
        count = round(done * 100) if is_share else int(done)
        bar = bars.get(what)
        if bar is None or count < bar.n:  # `Articles` are read again
            for earlier in bars.values():
                earlier.close()
            bar = bars[what] = tqdm(total=100 if is_share else None, desc=what, unit="%" if is_share else " rows")
        bar.update(count - bar.n)

    return show
