# SPDX-License-Identifier: GPL-3.0-or-later
"""A GGUF file in llama.cpp: its tokens and logits, on the plain CPU kernels."""
import argparse
import ctypes
import os
import sys

import numpy as np

import clients

os.environ.setdefault("GGML_NO_BACKTRACE", "1")


def missing():
    """Why there is no client; None when there is one."""
    try:
        import llama_cpp  # noqa: F401
    except Exception as problem:  # a library that does not load says so in many ways
        return f"no llama-cpp-python: {problem}"
    return None


def check_all(names, check, parser=None):
    """clients.check_all with the options of these tests: check(name, arguments, folder) for each of
    `names`, or of those given. The program ends with 77 where there is no client."""
    parser = parser or argparse.ArgumentParser()
    parser.add_argument("--bitloupe", required=True)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    why = missing()
    if why:
        print("skipped: " + why)
        sys.exit(77)
    chosen = arguments.only.split(",") if arguments.only else names
    clients.check_all(chosen, lambda name, scratch: check(name, arguments, scratch))


class Client:
    """One model and one context. Loads with the library's check of every number."""

    def __init__(self, path, context=512):
        import llama_cpp as library
        self.library = library
        self._quiet = library.llama_log_callback(self._note)
        self.log = []
        library.llama_log_set(self._quiet, ctypes.c_void_p(0))
        library.llama_backend_init()
        params = library.llama_model_default_params()
        params.n_gpu_layers = 0
        params.check_tensors = True
        params.use_extra_bufts = False
        self.model = library.llama_model_load_from_file(str(path).encode(), params)
        if not self.model:
            raise RuntimeError(f"llama.cpp refused {path}: {self.log[-4:]}")
        wanted = library.llama_context_default_params()
        wanted.n_ctx = wanted.n_batch = wanted.n_ubatch = context
        wanted.n_threads = wanted.n_threads_batch = 1
        wanted.offload_kqv = wanted.op_offload = False
        if hasattr(wanted, "n_outputs_max"):
            wanted.n_outputs_max = context
        self.context = library.llama_init_from_model(self.model, wanted)
        if not self.context:
            raise RuntimeError(f"llama.cpp made no context for {path}")
        self.vocabulary = library.llama_model_get_vocab(self.model)
        self.rows = library.llama_vocab_n_tokens(self.vocabulary)
        self.batch = library.llama_batch_init(context, 0, 1)

    def _note(self, level, text, _):
        if level >= 3:
            self.log.append(text.decode(errors="replace").strip())

    def tokens(self, text, special=True):
        raw = text.encode()
        out = (self.library.llama_token * (len(raw) + 16))()
        count = self.library.llama_tokenize(
            self.vocabulary, raw, len(raw), out, len(out), special, True)
        if count < 0:
            raise RuntimeError(f"llama.cpp could not tokenize {text!r}")
        return list(out[:count])

    def logits(self, ids):
        batch = self.batch
        batch.n_tokens = len(ids)
        for i, token in enumerate(ids):
            batch.token[i] = token
            batch.pos[i] = i
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = 0
            batch.logits[i] = 1
        self.library.llama_memory_clear(self.library.llama_get_memory(self.context), True)
        if self.library.llama_decode(self.context, batch) != 0:
            raise RuntimeError("llama_decode failed")
        found = self.library.llama_get_logits(self.context)
        return np.ctypeslib.as_array(ctypes.cast(found, ctypes.POINTER(ctypes.c_float)),
                                     shape=(len(ids), self.rows)).copy()

    def close(self):
        self.library.llama_batch_free(self.batch)
        self.library.llama_free(self.context)
        self.library.llama_model_free(self.model)
