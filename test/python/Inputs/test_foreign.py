"""A library that nnc did not make: meets.c, named by the environment's MEETS."""

import os
import threading
import unittest

import numpy as np
import nnc


class Meets(unittest.TestCase):
    def test_calls_meet(self):
        model = nnc.load(os.environ["MEETS"])
        self.assertEqual(repr(model),
                         "<nnc.Model meets: x: float32 (1, 1) -> "
                         "y: float32 (1, 1)>")
        results = {}

        def call(number):
            results[number] = model(np.full((1, 1), number))

        threads = [threading.Thread(target=call, args=[n]) for n in (3, 4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, {3: 3, 4: 4})

    def test_no_more_than_it_has(self):
        model = nnc.load(os.environ["MEETS"])
        for call in (model.profile, lambda: model.export("out")):
            with self.assertRaises(nnc.LoadError):
                call()
        with self.assertRaises(nnc.LoadError) as raised:
            nnc.load(os.environ["MEETS"], weights="none")
        self.assertIn("its weights are inside", str(raised.exception))


if __name__ == "__main__":
    unittest.main()
