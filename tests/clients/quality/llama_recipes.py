# SPDX-License-Identifier: GPL-3.0-or-later
"""llama.cpp's own quantizer, without an importance matrix."""
import ctypes
from pathlib import Path

import llama_client

from .skip import Unavailable

FILE_TYPES = {"Q8_0": 7, "Q6_K": 18, "Q5_K_M": 17, "Q4_K_M": 15, "Q4_K_S": 14, "IQ4_XS": 30,
              "Q3_K_M": 12, "Q2_K": 10}


def quantize(source: Path, output: Path, recipe: str, threads: int = 0) -> None:
    """Writes `output` from a GGUF file of floats. `threads` 0: the library's choice."""
    missing = llama_client.missing()
    if missing:
        raise Unavailable(missing)
    import llama_cpp

    log = []
    quiet = llama_cpp.llama_log_callback(
        lambda level, text, _: log.append(text.decode(errors="replace")))
    llama_cpp.llama_log_set(quiet, ctypes.c_void_p(0))
    parameters = llama_cpp.llama_model_quantize_default_params()
    parameters.ftype = FILE_TYPES[recipe]
    parameters.nthread = threads
    if llama_cpp.llama_model_quantize(str(source).encode(), str(output).encode(),
                                      ctypes.byref(parameters)) != 0:
        raise Unavailable(f"{recipe}: {''.join(log[-3:]).strip()}")
