#!/usr/bin/env python3
"""A session with nn-lsp-server, as an editor has it: over pipes, with headers,
while a text is typed.

    lsp_session.py SERVER
"""

import json
import subprocess
import sys
import unittest
from typing import NamedTuple

URI = "file:///model.mlir"
GOOD = """\
// a model
nn.model @m {
  %x = nn.input {shape = [28, 28, 1]}
  %f = nn.flatten(%x)
  %y = nn.dense(%f) {units = 4, name = "head"}
  nn.output(%y)
}
"""


class Fault(NamedTuple):
    line: int
    code: str
    message: str


class Session:
    """Requests wait for their answer; what the server tells of itself is kept
    by URI."""

    def __init__(self, server):
        self.process = subprocess.Popen([server], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        self.diagnostics = {}
        self.count = 0
        self.text, self.version = "", 0

    def send(self, method, params, **more):
        body = json.dumps({"jsonrpc": "2.0", "method": method,
                           "params": params, **more}).encode()
        self.process.stdin.write(
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise EOFError("the server is gone")
            if line == b"\r\n":
                break
            name, value = line.decode().split(":")
            if name == "Content-Length":
                length = int(value)
        return json.loads(self.process.stdout.read(length))

    def listen(self):
        """One message of the server's; what it tells is kept."""
        message = self.receive()
        if message.get("method") == "textDocument/publishDiagnostics":
            params = message["params"]
            self.diagnostics[params["uri"]] = params["diagnostics"]
        return message

    def ask(self, method, params):
        self.count += 1
        self.send(method, params, id=self.count)
        while True:
            message = self.listen()
            if message.get("id") == self.count:
                return message.get("result")

    def at(self, where, **more):
        """Parameters for the place of `|` in `where`, a part of the text."""
        front, back = where.split("|")
        offset = self.text.index(front + back) + len(front)
        line = self.text.count("\n", 0, offset)
        start = self.text.rfind("\n", 0, offset) + 1
        units = len(self.text[start:offset].encode("utf-16-le")) // 2
        return {"textDocument": {"uri": URI},
                "position": {"line": line, "character": units}, **more}

    def open(self, text):
        self.text, self.version = text, 1
        self.send("textDocument/didOpen", {"textDocument": {
            "uri": URI, "languageId": "mlir", "version": 1, "text": text}})
        return self.told()

    def type(self, text):
        """Replaces the text as a whole."""
        self.text = text
        self.version += 1
        self.send("textDocument/didChange", {
            "textDocument": {"uri": URI, "version": self.version},
            "contentChanges": [{"text": text}]})
        return self.told()

    def insert(self, where, added):
        """Types at the place of `|` in `where`."""
        front, back = where.split("|")
        return self.type(self.text.replace(front + back, front + added + back))

    def told(self):
        while self.listen().get("method") != "textDocument/publishDiagnostics":
            pass
        return [Fault(d["range"]["start"]["line"], d["code"], d["message"])
                for d in self.diagnostics[URI]]


class LspTest(unittest.TestCase):

    def setUp(self):
        self.session = Session(SERVER)
        answer = self.session.ask("initialize", {
            "processId": None, "rootUri": None, "capabilities": {}})
        self.assertTrue(answer["capabilities"]["hoverProvider"])
        self.session.send("initialized", {})

    def tearDown(self):
        self.session.ask("shutdown", None)
        self.session.send("exit", None)
        self.session.process.stdin.close()
        self.assertEqual(self.session.process.wait(timeout=30), 0)
        self.session.process.stdout.close()

    def labels(self, where):
        answer = self.session.ask("textDocument/completion",
                                  self.session.at(where))
        return {item["label"]: item for item in answer["items"]}

    def hover(self, where):
        answer = self.session.ask("textDocument/hover", self.session.at(where))
        return answer and answer["contents"]["value"]

    def test_shapes_on_hover(self):
        self.assertEqual(self.session.open(GOOD), [])
        dense = self.hover("nn.de|nse(%f)")
        self.assertIn("'head': (None, 784) f32 → (None, 4) f32", dense)
        self.assertEqual(self.hover("nn.output(%|y)"), dense)
        self.assertIn("(None, 28, 28, 1) f32", self.hover("nn.flatten(%|x)"))
        self.assertIsNone(self.hover("// a mo|del"))

    def test_shapes_in_a_sequential_model(self):
        self.assertEqual(self.session.open(
            "nn.sequential @s {\n  nn.input {shape = [5]}\n"
            "  nn.dense {units = 3}\n  nn.softmax\n}\n"), [])
        self.assertIn("(None, 5) f32 → (None, 3) f32",
                      self.hover("nn.de|nse {"))
        self.assertIn("(None, 3) f32", self.hover("nn.soft|max"))

    def test_shapes_of_what_is_not_wrong(self):
        text = GOOD.replace("units = 4", 'units = "x"')
        self.assertEqual(len(self.session.open(text)), 1)
        self.assertIn("(None, 784) f32", self.hover("nn.fla|tten"))
        self.assertIsNone(self.hover("nn.de|nse(%f)"))
        # What depends on it has none, a branch beside it has.
        text = GOOD.replace("  nn.output(%y)", "  %z = nn.softmax(%y)\n"
                            "  %s = nn.relu(%f)\n  nn.output(%z, %s)")
        self.assertEqual(self.session.type(text), [])
        self.session.type(text.replace("units = 4", "units = 0"))
        self.assertIsNone(self.hover("nn.soft|max"))
        self.assertIn("(None, 784) f32", self.hover("nn.re|lu"))
        # In a chain, to the one before; in a wrapper, to the wrapper.
        faults = self.session.type(
            "nn.sequential @s {\n  nn.input {shape = [5, 2]}\n"
            "  nn.relu\n  nn.time_distributed {} {\n    nn.dense {unit = 3}\n"
            "  }\n  nn.softmax\n}\n")
        self.assertNotEqual(faults, [])
        self.assertIn("(None, 5, 2) f32", self.hover("nn.re|lu"))
        self.assertIsNone(self.hover("nn.soft|max"))

    def test_errors_of_each_kind(self):
        faults = self.session.open(GOOD.replace("units = 4", "unit = 4"))
        self.assertEqual([fault.line for fault in faults], [4, 4])
        self.assertIn("no such key 'unit'", faults[1].message)
        self.assertEqual(faults[1].code, "N202")
        # Of inference, and no longer there when it is mended.
        faults = self.session.type(GOOD.replace("nn.flatten(%x)",
                                                "nn.conv1d(%x) {filters = 2, "
                                                "kernel_size = [3]}"))
        self.assertEqual(len(faults), 1)
        self.assertIn("(Conv1D): expects a rank-3 input", faults[0].message)
        self.assertEqual(faults[0].code, "N301")
        self.assertEqual(self.session.type(GOOD), [])
        # Of the parser.
        faults = self.session.insert("units =| 4", " =")
        self.assertEqual([fault.line for fault in faults], [4])
        self.assertEqual(faults[0].code, "N100")

    def test_all_models_of_a_text(self):
        faults = self.session.open(
            "nn.sequential @a {\n  nn.input {shape = [5]}\n  nn.conv2d "
            "{filters = 1, kernel_size = [1, 1]}\n}\n"
            "nn.sequential @b {\n  nn.input {shape = [-1]}\n  nn.dense "
            "{units = 1}\n}\n")
        self.assertEqual([fault.line for fault in faults], [2, 6])

    def test_layers_are_completed(self):
        self.session.open(GOOD)
        self.session.insert("  nn.output|(%y)", "x\n  %z = nn.con")
        found = self.labels("%z = nn.con|")
        self.assertEqual(found["nn.conv2d"]["detail"], "Conv2D")
        self.assertIn("nn.ops.add", found)
        self.assertIn("nn.input", found)
        edit = found["nn.conv2d"]["textEdit"]
        self.assertEqual(edit["newText"], "nn.conv2d")
        self.assertEqual(edit["range"]["end"]["character"]
                         - edit["range"]["start"]["character"], len("nn.con"))

    def test_keys_are_completed(self):
        self.session.open(GOOD)
        self.session.insert('units = 4, |name = "head"', "act, ")
        found = self.labels('units = 4, act|')
        self.assertNotIn("units", found)
        self.assertEqual(found["activation"]["detail"], 'default: "linear"')
        self.assertEqual(found["activation"]["textEdit"]["newText"],
                         "activation = ")
        self.session.type(GOOD.replace("units = 4", ""))
        found = self.labels("nn.dense(%f) {|")
        self.assertEqual(found["units"]["detail"], "required")
        self.assertIn("shape", self.labels("nn.input {|"))

    def test_nothing_is_completed_elsewhere(self):
        self.session.open(GOOD)
        for where in ['name = "he|ad"', "// a mo|del", "units = |4",
                      "nn.flatten(|%x)", "shape = [28,| 28"]:
            self.assertEqual(self.labels(where), {}, where)

    def test_definitions_and_uses(self):
        self.session.open(GOOD)
        answer = self.session.ask("textDocument/definition",
                                  self.session.at("nn.dense(%|f)"))
        self.assertEqual([a["range"]["start"] for a in answer],
                         [{"line": 3, "character": 2}])
        answer = self.session.ask(
            "textDocument/references",
            self.session.at("%|f = nn.", context={"includeDeclaration": True}))
        self.assertEqual([a["range"]["start"]["line"] for a in answer], [3, 4])

    def test_columns_are_those_of_utf_16(self):
        self.session.open(GOOD.replace(
            "  %y =", "  // 😀\n  %y =").replace('"head"', '"é😀", unit = 1'))
        fault = self.session.diagnostics[URI][0]
        self.assertEqual(fault["range"]["start"], {"line": 5, "character": 7})
        self.session.type(GOOD.replace('name = "head"', 'name = "é😀", a'))
        found = self.labels('name = "é😀", a|')
        edit = found["activation"]["textEdit"]["range"]
        self.assertEqual(edit["end"], self.session.at('"é😀", a|')["position"])

    def test_any_text(self):
        """What is no model, too deep or not there does no harm."""
        self.session.open("")
        for text in ["{" * 10000, "\n\n}", 'nn.dense {units = "', "nn.",
                     "func.func @f() { return }", "é nn.dense {é", "\0",
                     "nn.model @m {\n %x = nn.input {shape = [3]}\n"
                     " nn.call @m(%x)\n nn.output(%x)\n}"]:
            self.session.type(text)
            for line, character in [(0, 0), (0, 5), (0, 99999), (99, 3)]:
                place = {"textDocument": {"uri": URI}, "position": {
                    "line": line, "character": character}}
                self.session.ask("textDocument/hover", place)
                self.session.ask("textDocument/completion", place)
        self.session.ask("textDocument/hover", {
            "textDocument": {"uri": "file:///other.mlir"},
            "position": {"line": 0, "character": 0}})


if __name__ == "__main__":
    SERVER = sys.argv.pop(1)
    unittest.main(verbosity=1)
