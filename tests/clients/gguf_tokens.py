# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokenizers of every kind that GGUF can hold, trained here, exported: llama.cpp cuts 1,000 lines
of mixed text into the tokens that the Hugging Face tokenizer cuts them into."""
import json
import os
import unicodedata

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import clients  # noqa: E402
import llama_client  # noqa: E402
import mixed_text  # noqa: E402
import tiny_models  # noqa: E402

CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
REST = r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
LLAMA = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}" + REST
QWEN = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}" + REST
QWEN_MARKS = (CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}"
              + REST.replace(r"[^\s\p{L}\p{N}]", r"[^\s\p{L}\p{M}\p{N}]"))
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
TEKKEN = (rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+|[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*|\p{{N}}"
          + REST.replace(r"[\r\n]*|", r"[\r\n/]*|", 1))
GPT_4O = (rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+{CONTRACTIONS}?"
          rf"|[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*{CONTRACTIONS}?|\p{{N}}{{1,3}}"
          + REST.replace(r"[\r\n]*|", r"[\r\n/]*|", 1))
DEEPSEEK = [r"\p{N}{1,3}", "[一-龥぀-ゟ゠-ヿ]+",
            r'''[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+'''
            r"|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*"
            r"|\s*[\r\n]+|\s+(?!\S)|\s+"]
SPECIAL = ["<|begin|>", "<|end|>"]


def by_bytes(split, ignores_merges=False):
    def train(folder):
        from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
        tokenizer = Tokenizer(models.BPE(ignore_merges=ignores_merges))
        if split is None:
            tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        elif split == "digits":
            tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
                [pre_tokenizers.Digits(individual_digits=True),
                 pre_tokenizers.ByteLevel(add_prefix_space=False)])
        else:
            tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
                [pre_tokenizers.Split(Regex(part), "isolated")
                 for part in ([split] if isinstance(split, str) else split)]
                + [pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
        tokenizer.decoder = decoders.ByteLevel()
        trainer = trainers.BpeTrainer(
            vocab_size=1000, special_tokens=SPECIAL, show_progress=False,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
        tokenizer.train_from_iterator(mixed_text.lines(400), trainer)
        tokenizer.save(os.path.join(folder, "tokenizer.json"))
        with open(os.path.join(folder, "tokenizer_config.json"), "w", encoding="utf-8") as file:
            json.dump({"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": SPECIAL[0],
                       "eos_token": SPECIAL[1], "add_bos_token": False}, file)
        return tokenizer.get_vocab_size(), lambda text: tokenizer.encode(text).ids
    return train


def by_pieces(folder):
    import sentencepiece
    prefix = os.path.join(folder, "tokenizer")
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(mixed_text.lines(400)), model_prefix=prefix, vocab_size=900,
        model_type="bpe", byte_fallback=True, normalization_rule_name="identity",
        remove_extra_whitespaces=False, character_coverage=0.99, minloglevel=2,
        hard_vocab_limit=False)
    os.remove(prefix + ".vocab")
    with open(os.path.join(folder, "tokenizer_config.json"), "w", encoding="utf-8") as file:
        json.dump({"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": "</s>",
                   "unk_token": "<unk>", "add_bos_token": False}, file)
    model = sentencepiece.SentencePieceProcessor(model_file=prefix + ".model")
    return model.get_piece_size(), model.encode


KINDS = {
    "gpt-2": by_bytes(None), "smollm": by_bytes("digits"), "qwen2": by_bytes(QWEN),
    "llama-bpe": by_bytes(LLAMA, True), "smaug-bpe": by_bytes(LLAMA),
    "qwen35": by_bytes(QWEN_MARKS), "tekken": by_bytes(TEKKEN, True),
    "gpt-4o": by_bytes(GPT_4O), "deepseek-v3": by_bytes(DEEPSEEK),
    "sentencepiece": by_pieces}


# The client's own rule under these names takes combining marks for punctuation, so that it differs
# from the tokenizer wherever there are some; that is no fault of the file.
SPLITS_MARKS = ("tekken", "gpt-4o")


def has_marks(line):
    return any(unicodedata.category(letter).startswith("M") for letter in line)


def check(name, program, scratch):
    source, exported = os.path.join(scratch, "hf"), os.path.join(scratch, "out.gguf")
    os.mkdir(source)
    count, encode = KINDS[name](source)
    tiny_models.make("llama", source, 4, count)
    clients.run(program, "export", source, "-o", exported, "--target", "gguf", "--target-bpw",
                "32", "--no-cache", "--quiet")
    client = llama_client.Client(exported)
    wrong = [line for line in mixed_text.lines(1000) if client.tokens(line) != encode(line)]
    client.close()
    print(f"{name}: {len(wrong)} of 1000 lines differ", flush=True)
    if name in SPLITS_MARKS:
        wrong = [line for line in wrong if not has_marks(line)]
        print(f"{name}: {len(wrong)} of those without combining marks", flush=True)
    if wrong:
        raise RuntimeError(f"{name}: {wrong[:3]!r}")


if __name__ == "__main__":
    llama_client.check_all(
        KINDS, lambda name, options, scratch: check(name, options.bitloupe, scratch))
