"""Headless Chromium, driven through ChromeDriver with Python's library alone.

    with serve(folder) as address, Browser() as browser:
        browser.open(address)
        browser.wait("return document.title")

Both programs choose their ports themselves and say which, so that tests may
run side by side; both end with the block. ChromeDriver speaks WebDriver: JSON
over HTTP (https://www.w3.org/TR/webdriver2/).
"""

import base64
import contextlib
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

TIME_LIMIT = 120  # seconds; only what hangs takes that long
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
             "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync",
             "--disable-dev-shm-usage", "--force-device-scale-factor=1",
             "--window-size=900,900"]


class Failure(Exception):
    """What the browser refuses, or what did not become true in time."""


@contextlib.contextmanager
def started(command, pattern):
    """A program, and what `pattern` finds first in what it prints."""
    with subprocess.Popen(command, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True) as program:
        try:
            for line in program.stdout:
                found = re.search(pattern, line)
                if found:
                    # What is printed later must not fill the pipe.
                    threading.Thread(target=program.stdout.read,
                                     daemon=True).start()
                    yield found.group(1)
                    break
            else:
                raise Failure(f"{command[0]} ended early")
        finally:
            program.terminate()


@contextlib.contextmanager
def serve(folder):
    """The address of `folder` behind Python's own static server."""
    command = [sys.executable, "-u", "-m", "http.server", "--bind",
               "127.0.0.1", "-d", folder, "0"]
    with started(command, r"port (\d+)") as port:
        yield f"http://127.0.0.1:{port}/"


class Browser:
    def __init__(self, arguments=()):
        self.arguments = [*ARGUMENTS, *arguments]
        self.resources = contextlib.ExitStack()
        self.session = None

    def __enter__(self):
        try:
            port = self.resources.enter_context(started(
                ["chromedriver", "--port=0"], r"on port (\d+)\."))
            profile = self.resources.enter_context(
                tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            self.session = f"http://127.0.0.1:{port}/session"
            made = self.call("POST", "", {"capabilities": {"alwaysMatch": {
                "goog:loggingPrefs": {"browser": "ALL"},
                "goog:chromeOptions": {
                    "args": [*self.arguments, f"--user-data-dir={profile}"],
                }}}})
            self.session += "/" + made["sessionId"]
            self.resources.callback(self.call, "DELETE", "")
            self.call("POST", "/timeouts", {"script": TIME_LIMIT * 1000})
        except BaseException:
            self.resources.close()
            raise
        return self

    def __exit__(self, *_):
        self.resources.close()

    def call(self, method, path, content=None):
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(
            self.session + path, data, {"Content-Type": "application/json"},
            method=method)
        try:
            with urllib.request.urlopen(request, timeout=TIME_LIMIT) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise Failure(json.load(error)["value"]["message"]) from error

    def open(self, address):
        self.call("POST", "/url", {"url": address})

    def run(self, script, *arguments):
        """What the body of a function returns in the page; promises wait."""
        return self.call("POST", "/execute/sync",
                         {"script": script, "args": list(arguments)})

    def wait(self, script, *arguments, limit=TIME_LIMIT):
        """The first value of `script` that is true."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            value = self.run(script, *arguments)
            if value:
                return value
            time.sleep(0.02)
        raise Failure(f"does not become true: {script}")

    def actions(self, *sources):
        self.call("POST", "/actions", {"actions": list(sources)})

    def devtools(self, command, **parameters):
        """A command of Chromium's own protocol."""
        return self.call("POST", "/goog/cdp/execute",
                         {"cmd": command, "params": parameters})

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("GET", "/screenshot")))

    def complaints(self):
        """Errors and warnings in the console since the last call."""
        log = self.call("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in log
                if entry["level"] in ("SEVERE", "WARNING")]
