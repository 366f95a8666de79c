"""The plots of docs/benchmarks.md, as SVG and PNG."""

from __future__ import annotations

import statistics
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

import names
from figures import Figures
from plan import HASHES, KEYED, SIZES

TITLES = {
    "ratios": "Time of hazmat by that of the library people use: C libcrypto's EVP, Python cryptography, Ruby openssl",
    "throughput": "Throughput in C by message size: hazmat and its backends beside libcrypto and libsodium",
}
PEERS = {"c": "evp", "python": "cryptography", "ruby": "openssl"}
MESSAGES = [*HASHES, *(f"{algorithm}:new" for algorithm in KEYED)]
SHOWN = {64: "#c1440e", 1 << 20: "#1f5fa8"}
LINES = {
    "hazmat": ("#c1440e", "-"),
    "hazmat-native": ("#e8a07c", "--"),
    "hazmat-openssl": ("#8a2be2", ":"),
    "evp": ("#1f5fa8", "-"),
    "evp-reused": ("#7fa7d6", "--"),
    "libsodium": ("#3a7d44", "-"),
}


def draw(figures: dict[str, Figures], folder: Path) -> list[Path]:
    """Write the plots to a folder, and return their files."""
    # Letters stay letters, and the same figures give the same file.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "hazmat", "font.size": 9, "axes.spines.right": False})
    drawn = {"ratios": ratios(figures), "throughput": throughput(figures["c"])}
    paths = []
    for name, figure in drawn.items():
        svg, png = (folder / f"{name}.{kind}" for kind in ("svg", "png"))
        figure.savefig(svg, metadata={"Date": None})
        pixels = BytesIO()
        figure.savefig(pixels, dpi=80)
        # Few colours make a small file.
        Image.open(pixels).convert("RGB").quantize(16).save(png, optimize=True)
        paths += [svg, png]
        plt.close(figure)
    return paths


def ratios(figures: dict[str, Figures]) -> Figure:
    """Draw the ratios of small and of large messages, with their quartiles, a panel for each language."""
    figure, panels = plt.subplots(1, len(PEERS), figsize=(10, 4), sharey=True, layout="constrained")
    for axes, (language, peer) in zip(panels, PEERS.items()):
        for size, colour in SHOWN.items():
            points = [figures[language].ratio(name, size, 1, "hazmat", peer) for name in MESSAGES]
            spread = [[point.median - point.low for point in points], [point.high - point.median for point in points]]
            medians = [point.median for point in points]
            axes.errorbar(medians, range(len(MESSAGES)), xerr=spread, fmt="o", color=colour, label=names.size(size))
        axes.axvline(1, color="black", linewidth=0.8)
        axes.set_xscale("log", base=2)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.grid(axis="x", linewidth=0.3)
        axes.set_title(f"{names.LANGUAGES[language]}, against {peer}")
        axes.minorticks_off()
    panels[0].set_yticks(range(len(MESSAGES)), [names.operation(name) for name in MESSAGES])
    panels[0].invert_yaxis()
    panels[-1].legend(loc="best", frameon=False)
    figure.supxlabel("ratio of times: left of 1 hazmat is faster, right of it slower", fontsize="medium")
    return figure


def throughput(figures: Figures) -> Figure:
    """Draw how many bytes a second each library does, a panel for each algorithm."""
    figure, panels = plt.subplots(3, 3, figsize=(10, 8), sharex=True, layout="constrained")
    for axes, name in zip(panels.flat, MESSAGES):
        lines(axes, figures, name)
    handles = {line.get_label(): line for axes in panels.flat for line in axes.get_lines()}
    figure.legend(handles.values(), handles.keys(), loc="outside lower center", ncols=len(LINES), frameon=False)
    figure.supylabel("MB/s", fontsize="medium")
    return figure


def lines(axes: Axes, figures: Figures, name: str) -> None:
    for subject, (colour, style) in LINES.items():
        if subject not in figures.times(name, SIZES[0], 1):
            continue
        rates = [size * 1e3 / statistics.median(figures.times(name, size, 1)[subject]) for size in SIZES]
        axes.plot(SIZES, rates, style, color=colour, label=subject)
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_xticks(SIZES, ["", *(names.size(size) for size in SIZES[1:])])
    axes.minorticks_off()
    axes.set_title(names.operation(name))
