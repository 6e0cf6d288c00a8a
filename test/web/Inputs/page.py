"""Draws digits on the page of examples/web and reads what it says.

    page.py FOLDER

FOLDER is the page with its model, as a static server has it; screenshots go
there, too.
"""

import math
import os
import sys

from browser import Browser, Failure, serve


def arc(x, y, width, height, begin, end):
    """Points of an ellipse, degrees clockwise from the right."""
    turns = [math.radians(begin + (end - begin) * i / 12) for i in range(13)]
    return [(x + width * math.cos(t), y + height * math.sin(t)) for t in turns]


# As people write them, in parts of the drawing area.
DIGITS = {
    0: [arc(0.5, 0.5, 0.22, 0.32, -90, 270)],
    1: [[(0.4, 0.3), (0.52, 0.15), (0.52, 0.85)]],
    2: [arc(0.5, 0.35, 0.2, 0.18, -170, 30) +
        [(0.3, 0.82), (0.72, 0.82)]],
    3: [arc(0.48, 0.32, 0.18, 0.17, -160, 90) +
        arc(0.48, 0.66, 0.2, 0.17, -90, 160)],
    4: [[(0.45, 0.15), (0.3, 0.58), (0.7, 0.58)],
        [(0.6, 0.35), (0.57, 0.88)]],
    6: [[(0.6, 0.12), (0.42, 0.35), (0.34, 0.6)] +
        arc(0.5, 0.68, 0.16, 0.17, 180, -180)],
    7: [[(0.3, 0.18), (0.7, 0.18), (0.45, 0.85)]],
}


def draw(browser, strokes, pointer="mouse"):
    box = browser.run("const b = document.getElementById('pad')"
                      ".getBoundingClientRect();"
                      "return [b.left, b.top, b.width]")
    actions = []
    for stroke in strokes:
        for i, (x, y) in enumerate(stroke):
            actions.append({"type": "pointerMove", "duration": 0,
                            "x": round(box[0] + x * box[2]),
                            "y": round(box[1] + y * box[2])})
            if i == 0:
                actions.append({"type": "pointerDown", "button": 0})
        actions.append({"type": "pointerUp", "button": 0})
    browser.actions({"type": "pointer", "id": pointer, "actions": actions,
                     "parameters": {"pointerType": pointer}})


def press(browser, *keys):
    browser.actions({"type": "key", "id": "keyboard", "actions": [
        {"type": kind, "value": key} for key in keys
        for kind in ("keyDown", "keyUp")]})


def expect(browser, digit):
    try:
        browser.wait("return document.getElementById('digit').textContent"
                     " === arguments[0]", str(digit))
    except Failure as error:
        seen = browser.run("return document.querySelector('main').innerText")
        raise Failure(f"{digit} is not seen as one: {seen}") from error


def picture(browser, folder, name):
    browser.wait("return document.getAnimations().length === 0")
    browser.screenshot(os.path.join(folder, name + ".png"))


def clear(browser):
    browser.run("document.getElementById('clear').click()")
    expect(browser, "–")


def run(browser, address, folder):
    browser.open(address)
    browser.wait("return document.getElementById('words').textContent"
                 " === 'Nothing drawn yet'")
    for digit, strokes in DIGITS.items():
        draw(browser, strokes, "touch" if digit % 2 else "mouse")
        expect(browser, digit)
        total = browser.run(
            "return [...document.querySelectorAll('.percent')].reduce("
            "(sum, {textContent}) => sum + parseFloat(textContent), 0)")
        if not 99 < total < 101:
            raise Failure(f"the probabilities of {digit} add up to {total}")
        print(f"{digit}: seen")
        if digit == 3:
            picture(browser, folder, "light")
        clear(browser)

    # A 4 becomes something else without its second stroke, and a 1 is drawn
    # with the keyboard.
    draw(browser, DIGITS[4])
    expect(browser, 4)
    browser.run("document.getElementById('undo').click()")
    browser.wait("return document.getElementById('digit').textContent !== '4'")
    clear(browser)
    browser.run("document.getElementById('pad').focus()")
    press(browser, " ", *["\ue015"] * 18)
    expect(browser, 1)
    press(browser, "\ue00c")
    expect(browser, "–")

    for name, value, width in [("dark", "dark", 900), ("small", "light", 360)]:
        browser.devtools("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": value}])
        browser.devtools("Emulation.setDeviceMetricsOverride", width=width,
                         height=1150 if width < 400 else 900,
                         deviceScaleFactor=1, mobile=width < 400)
        draw(browser, DIGITS[2])
        expect(browser, 2)
        wide = browser.run("return document.documentElement.scrollWidth")
        if wide > width:
            raise Failure(f"the page is {wide} wide, the window {width}")
        picture(browser, folder, name)
        clear(browser)
    print(f"complaints: {browser.complaints()}")


def main():
    folder, = sys.argv[1:]
    with serve(folder) as address, Browser() as browser:
        run(browser, address, folder)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"page: {failure}")
