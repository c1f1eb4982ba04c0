"""Texts that the windows of the tests show: our own, short of sense and rich in form."""

from __future__ import annotations

SENTENCE = "The ferry crossed the river at dawn, and nobody on the bank could say who had paid for it. "


def paragraphs(count: int, word: str = "Paragraph") -> str:
    """Return Markdown paragraphs of some lines each; each begins with its own number."""
    return "\n\n".join(f"{word} {number}. {SENTENCE * 3}" for number in range(1, count + 1))


LONG_PARAGRAPH = " ".join(f"Number {number} is a word in a very long paragraph." for number in range(400))

RIVER = f"""---
title: The river and its ferry
authors: [Anna Reed]
date: 2021-12-12
---

# The river and its ferry

The café stood by the water.[^one] A “quoted” word, a [link](https://example.org/page), a [jump](#landing),
and one note again.[^one]

{paragraphs(6, "First")}

## The crossing

A mark in the middle[^two] of a sentence, and one that leads nowhere.[^lost]

> Somebody said this, and it is a quotation long enough to be seen as one on the page.

* an item
* another item

{paragraphs(6, "Second")}

### The landing {{#landing}}

{paragraphs(6, "Third")}

## A long paragraph

{LONG_PARAGRAPH}

## A table

| Year | Boats[^two] | Remark |
|------|------:|--------|
{chr(10).join(f"| {1900 + row} | {row} | {SENTENCE} |" for row in range(40))}

## The end

{paragraphs(6, "Last")}

[^one]: The first note. It leads on.[^two]

    It has a second paragraph, and a [link in a note](https://example.org/note).
[^two]: The second note is short.
[^unused]: {" ".join(f"Nobody marks this note, sentence {number}." for number in range(300))}
"""

SHORT = """---
title: A short text
---

# A short text

Only one paragraph, and the ferry is in it.
"""

STORM = f"""---
title: The storm
---

# The storm

A zephyr rose before the lighthouse.

{paragraphs(30, "Storm")}

The lighthouse went dark.
"""
