"""Which sense a word has in its sentence: verbs, colours, modifiers and namesakes name no thing to draw."""

from __future__ import annotations

from services.local.illustrator.language import Found

_BEFORE_A_VERB = {
    "to", "will", "would", "can", "could", "must", "should", "may", "might", "they", "we", "i", "you", "who", "not",
    "helps", "help", "let", "lets", "don't", "cannot",
}  # fmt: skip
# A word is not the thing if one of these stands anywhere in the prompt.
_NOT_WITH = {
    "mouse": "computer click keyboard laptop screen cursor",
    "seal": "wax deal approval sealed agreement",
    "crane": "bird wetland feather marsh nest wing",
    "chip": "chocolate potato fish casino",
    "pitch": "investor startup sale investors",
    "match": "matchstick candle lighter",
    "apple": "iphone ceo shares shareholders company macbook",
    "jaguar": "car driver engine",
    "shell": "company script oil terminal",
    "plant": "power nuclear factory chemical assembly steel manufacturing",
    "ring": "boxing phone boxer",
    "cell": "phone solar prison battery fuel",
    "cabinet": "minister government president",
    "chest": "pain doctor hospital breast lung",
    "virus": "computer malware antivirus software",
    "cloud": "computing software server data provider migration storage",
    "net": "zero profit income internet emissions",
    "table": "league statistics data",
    "turkey": "ankara istanbul turkish erdogan",
    "kiwi": "bird",
    "nut": "bolt wrench",
    "bow": "tie violin ship",
    "horn": "car traffic",
    "stock": "soup",
    "pen": "sheep pig",
    "bed": "flower river sea garden vegetable",
    "tie": "score match",
    "trunk": "elephant suitcase car",
    "leaf": "book",
    "web": "website browser online internet",
    "bug": "software code",
    "court": "tennis basketball squash",
    "bar": "gold chocolate chart",
    "fall": "autumn",
    "key": "piano keyboard",
    "book": "flight hotel ticket online",
    "bat": "baseball cricket",
    "log": "login file server",
    "star": "film movie pop rating hotel",
    "shower": "rain meteor",
    "cast": "fishing film theatre",
    "lead": "pencil metal",
    "press": "bench button flower printing",
    "nail": "polish finger",
    "palm": "hand hands soil open",
    "model": "language ai data economic",
    "tablet": "medicine pill",
    "glass": "",
    "iron": "steel ore",
    "box": "voting ballot post",
    "gas": "exhaust",
    "bear": "",
}
_VERBISH = {
    "drop", "rise", "step", "pack", "sign", "file", "record", "plug", "rest", "seat", "list", "till", "nap", "saw", "drill",  # noqa: E501
    "route", "peel", "watch", "ring", "hand", "cap", "coat", "page", "glass", "duck", "fly", "swallow", "lead", "press",
    "match", "cast", "fall", "bow",
}  # fmt: skip
_CLOSED = {
    "and", "or", "on", "in", "with", "beside", "at", "by", "near", "of", "from", "under", "next", "against", "over",
    "is", "lies", "lying", "beneath", "before", "behind", "between", "through", "as", "for", "while", "that",
}  # fmt: skip
_DETERMINERS = {
    "a",
    "an",
    "the",
    "two",
    "three",
    "four",
    "five",
    "six",
    "several",
    "ripe",
    "fresh",
    "sliced",
    "single",
    "one",
}
_COLOUR_NAMES = {
    "orange", "peach", "plum", "lime", "lemon", "rose", "olive", "lavender", "violet", "lilac", "mint", "sage", "ivory",
    "chocolate", "coral", "glass", "paper", "stone", "rock", "ash", "gravel", "crystal", "wool", "silk", "linen", "brick",  # noqa: E501
    "honey", "butter", "water", "leather", "gold", "silver", "copper", "bronze", "cream", "mustard", "amber", "charcoal", "slate",  # noqa: E501
}  # fmt: skip


def is_meant(hit: Found, following: Found | None, raw: list[str], lemmas: list[str], breaks: set[int]) -> bool:
    """Whether the words found at `hit` name the thing itself; `breaks` holds the places where clauses end."""
    if hit.end - hit.start > 1:
        return True
    word, singular = raw[hit.start], raw[hit.start] == lemmas[hit.start]
    before = raw[hit.start - 1] if hit.start else ""
    after = raw[hit.end] if hit.end < len(raw) and hit.end not in breaks else ""
    if singular and before in _BEFORE_A_VERB:
        return False
    if singular and word in _VERBISH and before not in _DETERMINERS:
        return False
    if following is not None and following.start == hit.end and hit.end not in breaks and not hit.role:
        return False
    if singular and word in _COLOUR_NAMES and (before not in _DETERMINERS or (after and after not in _CLOSED)):
        return False
    return not set(_NOT_WITH.get(lemmas[hit.start], "").split()).intersection(raw)
