"""A plot of programs as SVG: speed to the right on a logarithmic scale, quality upwards. For bench/peers and bench/pages."""
import html
import math

STYLE = """
text { font-family: system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "Noto Sans", Arial, sans-serif; fill: #1f2933; }
.card { fill: #fbfaf7; stroke: #e4e0d6; }
.grid { stroke: #e4e0d6; stroke-width: 1; }
.axis { font-size: 12px; fill: #5f6c7b; }
.name { font-size: 13px; font-weight: 600; }
.note { font-size: 11px; fill: #5f6c7b; }
.leader { stroke: #5f6c7b; stroke-width: .8; }
.peer { fill: #7fa3d6; stroke: #4c78b8; stroke-width: 1.2; }
.own { fill: #d98a78; stroke: #b4553e; stroke-width: 1.2; }
@media (prefers-color-scheme: dark) {
text, .name { fill: #e6e9ed; }
.card { fill: #161b22; stroke: #39424e; }
.grid { stroke: #2d3540; }
.axis, .note { fill: #a3afbd; }
.leader { stroke: #a3afbd; }
.peer { fill: #4c78b8; stroke: #9fbde6; }
.own { fill: #c0664f; stroke: #f0b3a4; }
}
"""


def logarithmic_ticks(min_value, max_value):
    return [factor * 10 ** power for power in range(math.floor(math.log10(min_value)), math.ceil(math.log10(max_value)) + 1)
            for factor in (1, 2, 5) if min_value <= factor * 10 ** power <= max_value]


def scatter(points, name, heading, note, x_title, y_title):
    """The plot of `points`, dictionaries of x, y, title, note, words (for those who hear the page) and own (ours or a peer).

    Labels do not overlap other labels or points.
    """
    width, height, left, right, top, bottom = 900, 520, 74, 40, 84, 66
    min_x, max_x = min(point["x"] for point in points) / 1.6, max(point["x"] for point in points) * 2.2
    min_y = max(0.0, math.floor((min(point["y"] for point in points) - 0.03) * 10) / 10)
    max_y = 1.0 + (1.0 - min_y) * 0.06

    def at_x(value):
        return left + (width - left - right) * math.log(value / min_x) / math.log(max_x / min_x)

    def at_y(value):
        return height - bottom - (height - top - bottom) * (value - min_y) / (max_y - min_y)

    def text(kind, x, y, words, anchor="start"):
        return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(words)}</text>'

    words = "; ".join(point["words"] for point in points)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title desc">',
           f'<title id="title">{html.escape(name)}</title>', f'<desc id="desc">{html.escape(words)}.</desc>',
           f"<style>{STYLE}</style>", f'<rect class="card" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="14"/>',
           text("name", 24, 34, heading), text("note", 24, 53, note)]
    for tick in logarithmic_ticks(min_x, max_x):
        out += [f'<line class="grid" x1="{at_x(tick):.1f}" x2="{at_x(tick):.1f}" y1="{top}" y2="{height - bottom}"/>',
                text("axis", at_x(tick), height - bottom + 20, f"{tick:g}", "middle")]
    step = 0.1 if 1.0 - min_y > 0.25 else 0.05
    for count in range(round((1.0 - min_y) / step) + 1):
        value = 1.0 - count * step
        out += [f'<line class="grid" x1="{left}" x2="{width - right}" y1="{at_y(value):.1f}" y2="{at_y(value):.1f}"/>',
                text("axis", left - 10, at_y(value) + 4, f"{value:.2f}", "end")]
    out += [text("axis", (left + width - right) / 2, height - 20, x_title, "middle"),
            f'<text class="axis" transform="translate(24 {(top + height - bottom) / 2:.1f}) rotate(-90)" '
            f'text-anchor="middle">{html.escape(y_title)}</text>']
    places = [(at_x(point["x"]), at_y(point["y"])) for point in points]
    occupied = [(px - 8, py - 8, px + 8, py + 8) for px, py in places]

    def is_free(box):
        in_plot = box[0] >= left + 2 and box[2] <= width - 8 and box[1] >= top - 18 and box[3] <= height - bottom - 2
        return in_plot and all(box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1] for other in occupied)

    for point, (px, py) in sorted(zip(points, places), key=lambda pair: -pair[1][0]):
        label_width, label_height = max(7.4 * len(point["title"]), 6.2 * len(point["note"])) + 4, 29
        positions = [(px + dx if dx > 0 else px + dx - label_width, py + dy - label_height / 2)
                     for reach in (12, 30, 60, 95) for dy in (0, 22, -22, 40, -40, 64, -64, 96, -96, 130) for dx in (reach, -reach)]
        positions += [(px - label_width / 2, py + dy) for dy in (14, -14 - label_height)]
        bx, by = next(((left_x, top_y) for left_x, top_y in positions
                       if is_free((left_x, top_y, left_x + label_width, top_y + label_height))), positions[0])
        occupied.append((bx, by, bx + label_width, by + label_height))
        edge = min(max(px, bx), bx + label_width)
        if math.hypot(edge - px, by + label_height / 2 - py) > 20:
            out.append(f'<line class="leader" x1="{px:.1f}" y1="{py:.1f}" x2="{edge:.1f}" y2="{by + label_height / 2:.1f}"/>')
        out += [text("name", bx, by + 12, point["title"]), text("note", bx, by + 26, point["note"])]
        kind, radius = ("own", 7.5) if point["own"] else ("peer", 6)
        out.append(f'<circle class="{kind}" cx="{px:.1f}" cy="{py:.1f}" r="{radius}"/>')
    return "\n".join(out + ["</svg>"]) + "\n"
