"""Small words that tell how others are meant: refusals, comparisons, measures, talk of colours and of places."""

from __future__ import annotations

# Words that are colours only beside other words of colour; elsewhere they are fish, fruit, flowers and metals.
AMBIGUOUS = {
    "coral",
    "salmon",
    "peach",
    "rose",
    "gold",
    "golden",
    "silver",
    "copper",
    "bronze",
    "olive",
    "plum",
    "lemon",
    "lime",
    "mint",
    "sage",
    "sand",
    "slate",
    "chocolate",
    "cream",
    "lavender",
    "lilac",
    "orange",
    "amber",
    "rust",
    "tan",
    "violet",
    "mustard",
    "tangerine",
    "emerald",
    "ivory",
    "charcoal",
    "magenta",
}
COLOUR_TALK = {
    "palette",
    "tone",
    "hue",
    "shade",
    "colour",
    "color",
    "accent",
    "tint",
    "pastel",
    "background",
    "scheme",
    "highlight",
    "gradient",
    "light",
    "deep",
    "pale",
    "soft",
    "muted",
    "bright",
    "dark",
    "warm",
    "monochrome",
}
BEFORE_PLACE = {
    "among",
    "between",
    "outside",
    "in",
    "on",
    "at",
    "over",
    "across",
    "along",
    "beside",
    "near",
    "through",
    "into",
    "inside",
    "by",
    "onto",
    "above",
    "around",
    "under",
    "from",
    "against",
    "overlooking",
}
# Drawings that show several people already.
TOGETHER = {"group", "team", "handshake"}
# Behind these an animal is a meal.
COOKED = {
    "grilled",
    "fried",
    "roast",
    "roasted",
    "smoked",
    "baked",
    "pickled",
    "stuffed",
    "boiled",
    "steamed",
    "minced",
    "tinned",
    "braised",
    "stewed",
    "mashed",
    "poached",
}
# Behind an animal these make it a meal.
SERVED = {"served", "prepared", "cooked", "plated"}
# Things of two halves, which are one in the plural.
ONE_IN_PLURAL = {
    "courthouse",
    "tree rings",
    "rails",
    "scales",
    "headphones",
    "stairs",
    "eyeglasses",
    "sunglasses",
    "scissors",
    "trousers",
    "binoculars",
}
SAME_IN_PLURAL = {"fish", "sheep", "cattle", "salmon", "trout", "cod", "tuna", "herring"}
# Words that say little about a place when another word says more.
WEAK = {
    "breakfast",
    "dinner",
    "lunch",
    "meal",
    "desk",
    "table",
    "tabletop",
    "interior",
    "indoor",
    "tree",
    "wood",
    "hill",
    "ice",
    "snowy",
    "home",
    "road",
    "wave",
    "flight",
    "armchair",
    "sofa",
    "couch",
    "fireplace",
    "windowsill",
    "attic",
}
OUTLOOK = {"overlooking", "window", "outside", "view", "beyond", "windows"}
REFUSALS = {
    "no",
    "without",
    "not",
    "never",
    "avoid",
    "avoids",
    "avoiding",
    "excluding",
    "minus",
    "except",
    "nor",
    "neither",
}
REFUSALS_OF_TWO = {
    ("instead", "of"), ("rather", "than"), ("free", "of"), ("free", "from"), ("absence", "of"), ("lack", "of"),
    ("empty", "of"), ("devoid", "of"), ("far", "from"), ("other", "than"),
}  # fmt: skip
REFUSED_UP_TO = {"but", "with", "only", "just", "on", "in", "at", "while"}
LIKERS = {"i", "you", "we", "they", "who", "would", "to", "people", "also", "really", "not", "don't", "and"}
COMPARED_BY = {"whose", "resembling", "evoking", "recalling", "mimicking", "imitating", "symbolising", "symbolizing"}
COMPARED_BY_TWO = {
    ("as", "if"), ("as", "though"), ("reminiscent", "of"), ("inspired", "by"), ("similar", "to"), ("idea", "of"),
    ("colour", "of"), ("color", "of"), ("colours", "of"), ("colors", "of"), ("size", "of"), ("shape", "of"), ("smell",
    "of"), ("scent", "of"), ("taste", "of"), ("sound", "of"), ("story", "of"), ("memory", "of"), ("memories", "of"),
    ("dream", "of"), ("sense", "of"), ("weight", "of"), ("speed", "of"), ("way", "of"), ("thought", "of"), ("name",
    "of"), ("talk", "of"), ("fear", "of"), ("love", "of"), ("history", "of"), ("shadow", "of"),
}  # fmt: skip
PREPOSITIONS = {
    "in", "on", "at", "over", "across", "along", "beside", "near", "through", "into", "inside", "by", "onto", "above",
    "around", "under", "from", "against", "towards", "toward", "with", "behind", "before", "beneath", "below", "among",
    "amid", "between", "outside",
}  # fmt: skip
# Behind a word that can be a noun or a verb these make it a verb, if a plural stands before it.
BEHIND_VERBS = PREPOSITIONS | {"the", "a", "an", "up", "down", "out", "off", "away", "back", "to"}
WEARING = {"in", "wearing", "wears", "wear", "dressed", "donning"}
# After a noun these say how or where it is and never make it a part of a longer noun.
AFTERTHOUGHTS = {
    "overhead", "nearby", "aloft", "high", "low", "deep", "close", "alone", "asleep", "awake", "adrift", "afloat",
    "ahead", "open", "full", "ready", "visible", "alive", "still", "small", "tiny", "large", "tall", "side", "mid",
    "half", "all", "each", "both", "seen", "left", "right", "underfoot", "straight", "together", "apart", "again",
}  # fmt: skip
# Verbs whose participle looks like the verb: "a hut cut from paper".
UNCHANGING = {"cut", "set", "put", "hit", "shut", "spread", "split", "cast", "let", "shed"}
# Behind people these say what they do or how they are.
BEHIND_PEOPLE = {"bent", "sunk", "lost", "caught", "seen", "deep", "dressed", "lined", "absorbed", "hurt", "stuck"}
# Before these the first noun is what one sees: a puffin colony is puffins.
KEEPS_THE_THING = {
    "player", "colony", "herd", "pack", "flock", "pod", "swarm", "caravan", "cub", "pup", "calf", "chick", "kitten",
    "family", "couple", "pair", "plant", "tree", "bunch", "bouquet", "petal", "blossom", "flower", "rider", "race",
    "recital", "concert", "concerto", "quartet", "lesson", "fleet", "convoy", "parade", "drawing", "sculpture",
    "model", "toy", "sandwich", "tart", "stew", "leg", "wing", "wheel", "blade", "roof", "sail", "engine",
    "population", "ensemble", "orchestra", "breed", "species", "tower", "spire",
}  # fmt: skip
# Heads that mean another thing behind a noun: a phone box, a rice cooker, an opera house.
RELATIVE_HEADS = {
    "box", "cooker", "stove", "pot", "board", "ring", "case", "bar", "bed", "stand", "horse", "house", "ladder",
    "press", "club",
    "rack", "machine", "mill", "plant", "court", "key", "net", "ball", "table", "bag", "line", "chain", "top", "tank",
    "block", "cell", "plate", "record", "shell", "sign", "wave", "web", "wheel", "engine", "server", "star", "guard",
    "king", "queen", "officer", "branch", "root", "oven", "brush", "camera", "cart", "trolley", "leaf", "ship", "cup",
    "knife", "fork", "shoe", "boot", "helmet", "drum", "bell", "lock", "chair", "dish", "screen", "gate", "hat",
    "car", "bike", "bicycle", "balloon", "map", "egg", "bean",
}  # fmt: skip
# These before such a head always do, nouns that the lexicon does not list among them.
NOUNS_BEFORE_HEADS = {
    "opera", "phone", "rice", "ticket", "witness", "ballot", "jury", "lunch", "tool", "juke", "sand", "weather",
    "vending", "solar", "cargo", "castor", "racing", "security", "cruise", "dinosaur",
}  # fmt: skip
# Ensembles and how many of their members are shown.
ENSEMBLES = {
    "duo": 2, "trio": 3, "quartet": 4, "quintet": 5, "orchestra": 5, "choir": 5, "band": 4, "crew": 2, "team": 3,
    "troupe": 3, "ensemble": 4, "squad": 3,
}  # fmt: skip
# On a wall or from a ceiling there is no place for a thing that stands.
ON_WALLS = {"wall", "walls", "ceiling", "hook", "hooks", "rail"}
HANGING = {"hanging", "hung", "mounted", "framed", "pinned"}
# Before "of" these are seen themselves: vessels, portions, likenesses and people.
HOLDERS = {
    "cup", "mug", "bowl", "glass", "bottle", "basket", "crate", "box", "jar", "plate", "pot", "vase", "bucket",
    "barrel", "jug", "tray", "bag", "sack", "loaf", "slice", "bouquet", "statue", "sculpture", "model", "map",
    "portrait", "globe", "tin", "can", "pan", "dish", "trolley", "cart", "wheelbarrow", "suitcase", "chest", "case",
    "shelf", "rack", "boat", "ship", "barge", "lorry", "truck", "house", "paper", "person", "people", "man", "woman",
    "child", "group", "crowd", "team", "crew", "family", "captain", "student", "teacher", "pupil", "worker", "farmer",
    "volunteer", "friend", "colleague", "visitor", "traveller", "guest", "customer", "queen", "king", "player",
}  # fmt: skip
EXPANSES = {"sea", "ocean", "forest", "mountain", "river", "stream", "wave", "island", "desert", "jungle", "valley"}
MATERIALS = {
    "light", "paper", "stone", "wood", "glass", "steel", "iron", "gold", "silver", "bronze", "copper", "brass",
    "brick", "clay", "cardboard", "ice", "straw", "wool", "leather", "marble", "concrete", "oak", "lego", "wire",
    "felt", "porcelain", "china", "linen", "cotton", "silk", "bamboo", "origami",
}  # fmt: skip
KINDS = {
    "all",
    "different",
    "every",
    "many",
    "various",
    "several",
    "both",
    "that",
    "which",
    "whom",
    "his",
    "her",
    "its",
}
# Before "of" these say how something lies or moves: a blanket of snow, a ribbon of light.
COVERS = {
    "blanket", "carpet", "curtain", "ribbon", "sheet", "wall", "veil", "cloak", "web", "thread", "chain", "wave",
    "string", "crown", "wreath", "feather", "ladder", "shower", "cloud",
}  # fmt: skip
# Words of place that describe the place that follows them rather than a part of it.
REGIONS = {"arctic", "antarctic", "polar", "alpine", "tropical", "marine"}
# What birds do in the air.
FLIGHT = {
    word
    for stem, ending in (
        ("circl", "e"), ("soar", ""), ("wheel", ""), ("glid", "e"), ("hover", ""), ("swoop", ""), ("migrat", "e"),
        ("flutter", ""), ("dart", ""), ("fly", ""),
    )
    for word in (stem + ending, stem + (ending or "") + "s", stem + "ing")
} | {"flies", "flew", "drifting", "drift", "drifts"}  # fmt: skip
