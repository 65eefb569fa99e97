# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of English, code, CJK, emoji and odd spaces, the same every time."""
import random

ENGLISH = """The quick brown fox jumps over the lazy dog while it's raining; we'll see, won't we?
Call me Ishmael. Some years ago, never mind how long precisely, I'd have gone to sea.
In 1984 there were 3,141,592 reasons (and 65 more) to stay at home, weren't there?""".split()
CODE = ["for (int i = 0; i < n; ++i) {", "\treturn x[i] * 2.5e-3f;", "def f(a, *b, **c):",
        "    yield a['key'] or \"none\"", "std::vector<std::string> v{};", "#include <cmath>",
        "SELECT * FROM t WHERE a >= 10 AND b != 'x';", "http://example.org/a?b=c&d=%20e",
        "0xdeadbeef", "a_b_cDeFGhi", "x+=1;//!!", "...", "}}", "<b>&amp;</b>", "\\n\\t"]
WORLD = ["日本語のテキスト", "汉字和标点，。！", "한국어 문장", "Привет, мир", "Ελληνικά", "שלום", "مرحبا",
         "हिन्दी", "ไทย", "ÀÉÎõü ñandú", "Größe straße", "naïve café", "İstanbul", "ﬁ ﬂ", "Ⅷ ½ ²"]
EMOJI = ["😀", "👩‍👩‍👧‍👦", "🇩🇪", "❤️", "🏳️‍🌈", "✓", "→", "∑∫√", "…", "—", "“quoted”", "€5", "№"]
SPACES = [" ", "  ", "   ", "\t", "\u00a0", "\u3000", " \t ", "        ", "\u2009"]


def lines(count):
    draw = random.Random(7)
    pools = (ENGLISH, ENGLISH, CODE, WORLD, EMOJI)
    made = []
    for _ in range(count):
        parts = []
        for _ in range(draw.randrange(1, 14)):
            parts.append(draw.choice(draw.choice(pools)))
            parts.append(draw.choice(SPACES) if draw.random() < 0.2
                         else draw.choice(["", " ", " ", " "]))
        if draw.random() < 0.1:
            parts.append("\n" * draw.randrange(1, 4))
        if draw.random() < 0.1:
            parts.insert(0, draw.choice(SPACES))
        made.append("".join(parts) or " ")
    return made
