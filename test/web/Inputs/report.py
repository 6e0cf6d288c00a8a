"""Opens pages of profiles and uses them.

    report.py NAME...     NAME.html is the page, NAME.json the same profile

With --picture before the names, NAME.png is what the page looks like.
"""

import json
import pathlib
import sys

from browser import Browser

PLOTS = ("timeline", "graph", "roofline", "memory")

# Text in a box or on a bar that reaches beyond it.
OVERFLOWS = """
  const found = [];
  for (const box of document.querySelectorAll('#graph .box')) {
    const around = box.querySelector('rect').getBBox();
    for (const text of box.querySelectorAll('text:not(.percent)')) {
      const own = text.getBBox();
      if (own.x < around.x || own.y < around.y - 1 ||
          own.x + own.width > around.x + around.width ||
          own.y + own.height > around.y + around.height + 1)
        found.push(text.textContent);
    }
  }
  for (const svg of document.querySelectorAll('.plot svg'))
    for (const text of svg.querySelectorAll('text')) {
      const own = text.getBoundingClientRect();
      const all = svg.getBoundingClientRect();
      if (own.left < all.left - 1 || own.right > all.right + 1 ||
          own.top < all.top - 1 || own.bottom > all.bottom + 1)
        found.push(text.textContent);
    }
  return found;"""


def count(browser, selector):
    return browser.run("return document.querySelectorAll(arguments[0]).length",
                       selector)


def column(browser, index):
    return browser.run(
        "return [...document.querySelectorAll('tbody tr')]"
        ".filter(row => !row.hidden)"
        ".map(row => row.cells[arguments[0]].textContent)", index)


def click(browser, selector):
    browser.run("document.querySelector(arguments[0])"
                ".dispatchEvent(new MouseEvent('click', {bubbles: true}))",
                selector)


def press(browser, selector, key):
    browser.run("""const [selector, key] = arguments;
        const plot = document.querySelector(selector);
        plot.focus();
        document.activeElement.dispatchEvent(new KeyboardEvent(
            'keydown', {key, bubbles: true, cancelable: true}))""",
                selector, key)


def check_shown(browser, profile):
    layers, graph = profile["layers"], profile["description"]["graph"]
    assert browser.run("return document.title") == \
        profile["model"] + ": profile"
    assert browser.run("return performance.getEntriesByType('resource').length"
                       ) == 0, "the page loads something"
    for plot in PLOTS:
        assert count(browser, f"#{plot} .plot svg") == 1, plot
    rows = len([us for us in layers[0].get("threads_us", [1]) if us > 0])
    assert count(browser, "#timeline rect.mark") == rows * len(layers)
    assert count(browser, "#graph .box") == len(graph["nodes"])
    assert count(browser, "#graph .edge") == len(graph["edges"])
    computing = [layer for layer in layers if layer["flops"] and layer["bytes"]]
    assert count(browser, "#roofline .point") == len(computing)
    assert count(browser, "#memory rect.mark") in [
        len(plan["buffers"]) for plan in profile["description"]["arenas"]]
    assert count(browser, "tbody tr") == len(layers)
    # Whoever cannot see a picture hears what it says.
    assert count(browser, ".plot [data-layer]:not([aria-label])") == 0
    assert count(browser, ".plot:not([aria-label])") == 0
    assert browser.run(OVERFLOWS) == [], browser.run(OVERFLOWS)
    assert browser.run("return [...document.querySelectorAll('.plot')]"
                       ".filter(plot => plot.scrollWidth > plot.clientWidth)"
                       ".length") == 0, "a plot is wider than the page"


def check_choosing(browser, profile):
    layers = profile["layers"]
    click(browser, "#timeline [data-layer='1']")
    for place in ("#timeline", "#graph", "#table"):
        assert count(browser, f"{place} .chosen[data-layer='1']"), place
    said = browser.run("return document.getElementById('chosen').textContent")
    assert said.startswith(layers[1]["name"]), said
    press(browser, "#roofline .plot", "ArrowLeft")
    assert count(browser, "tr.chosen[data-layer='0']") == 1
    press(browser, "#roofline .plot", "ArrowLeft")
    assert count(browser, "tr.chosen[data-layer='0']") == 1
    press(browser, "#memory .plot", "Escape")
    assert count(browser, ".chosen") == 0
    click(browser, "#hottest")
    most = max(range(len(layers)), key=lambda place: layers[place]["share"])
    assert count(browser, f"tr.chosen[data-layer='{most}']") == 1


def check_table(browser, profile):
    layers = profile["layers"]
    names = [layer["name"] + (" + " + layer["fused"] if layer["fused"] else "")
             for layer in layers]
    assert column(browser, 1) == names
    click(browser, "th:nth-child(6) button")
    times = [float(text) for text in column(browser, 5)]
    assert times == sorted(times, reverse=True), times
    assert count(browser, "th:nth-child(6)[aria-sort=descending]") == 1
    click(browser, "th:nth-child(6) button")
    assert [float(text) for text in column(browser, 5)] == times[::-1]
    assert count(browser, "th[aria-sort]") == 1
    click(browser, "th:nth-child(2) button")
    assert sorted(column(browser, 1)) == sorted(names)
    browser.run("""const field = document.getElementById('filter');
        field.value = arguments[0].toUpperCase();
        field.dispatchEvent(new Event('input'))""", names[-1])
    assert column(browser, 1) == names[-1:]


def check_looks(browser):
    page = "return getComputedStyle(document.body).backgroundColor"
    before = browser.run(page)
    click(browser, "#theme")
    assert browser.run(page) != before
    for zoom in ("0.8", "1.25", "fit", "1"):
        click(browser, f"[data-zoom='{zoom}']")
    browser.run("""for (const [id, value, event] of [
            ['memory-scale', 'time', 'change'],
            ['timeline-zoom', 3, 'input']]) {
          const field = document.getElementById(id);
          field.value = value;
          field.dispatchEvent(new Event(event));
        }""")
    assert browser.run("""
        const plot = document.querySelector('#timeline .plot');
        return plot.scrollWidth > 4 * plot.clientWidth""")
    assert "NaN" not in browser.run("return document.body.innerHTML")


def main(names):
    pictures = names[:1] == ["--picture"]
    with Browser(["--window-size=1280,2400"]) as browser:
        for name in names[pictures:]:
            with open(name + ".json", encoding="utf-8") as file:
                profile = json.load(file)
            browser.open(pathlib.Path(name + ".html").absolute().as_uri())
            check_shown(browser, profile)
            if pictures:
                browser.screenshot(name + ".png")
            check_choosing(browser, profile)
            check_table(browser, profile)
            check_looks(browser)
            assert browser.complaints() == []
            run = "return document.getElementById('run').textContent"
            print(f"{name}:", browser.run(run))
    print("all is right")


if __name__ == "__main__":
    main(sys.argv[1:])
