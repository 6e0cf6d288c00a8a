"""Keras models compiled to native code, called with numpy arrays.

    import nnc
    model = nnc.compile("digits.keras")    # or a keras.Model
    probs = model.predict(images)

`compile` runs the program `nnc` and loads what it makes; `load` loads a shared
library that was compiled before, and needs nothing but numpy. Everything that
goes wrong in either is an `nnc.Error`; what is wrong with the arguments of a
call is a `ValueError`, as in Keras.
"""

from ._compile import compile
from ._errors import (CompileError, Error, Finding, LoadError, RunError,
                      ToolError, UnsupportedModel)
from ._model import Model, load
from ._profile import LayerTime, Profile
from ._record import record
from ._tensors import TensorSpec
from ._verify import Verification

__version__ = "0.1.0"

__all__ = [
    "CompileError", "Error", "Finding", "LayerTime", "LoadError", "Model",
    "Profile", "RunError", "TensorSpec", "ToolError", "UnsupportedModel",
    "Verification", "compile", "load", "record",
]
