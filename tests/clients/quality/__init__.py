# SPDX-License-Identifier: GPL-3.0-or-later
"""How far quantized models are from their bfloat16 source: this program's exports beside mlx_lm's
own conversion, llama-quantize, published plans and calibrated GPTQ, at the same bytes. Run by
packaging/test.sh --quality; every number comes from here."""
