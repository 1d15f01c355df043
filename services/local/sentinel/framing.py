"""How a text puts its subject: asked for, hidden, praised, warned of, reported, taught, staged.

A classifier with a few thousand lines cannot learn every word for secrecy or for help by itself; each group below is
one number, so that a word it has never seen counts like its neighbours. The groups decide nothing by themselves.
"""

from __future__ import annotations

import re
from typing import Final

_MOST = 3

_GROUPS: Final[dict[str, str]] = {
    "secrecy": r"without (?:(?:\w+ ){0,3})(?:knowing|noticing|noticed|notices|caught|consent|permission|traces?"
    r"|seen|asking)"
    r"|secret(?:ly)?|unnoticed|undetect\w*|unseen|quietly|untraceable|(?:nobody|no one) (?:\w+ )?"
    r"(?:sees|notices|finds|knows|can)|behind (?:his|her|their|my) back|(?:do|does|did)(?:n't| not) (?:notice"
    r"|detect|spot)"
    r"|(?:never|cannot|can't) (?:notice|detect|spot|find out)|hide (?:it|the|my|his)|no questions|discreet",
    "deceit": r"(?:looks?|reads?|sounds?|seems?) (?:\w+ )?(?:real|genuine|official|authentic|true|credible)"
    r"|fak(?:e|ed|es|ing)|forg(?:e|ed|ing)|fabricat\w*|bogus|sham|doctored|invent(?:ed)?|made[- ]up|make up|untrue"
    r"|(?:not|isn't) true|lies?|believ(?:e|able)|convincing|fool(?:s|ed)?|pass (?:\w+ )?(?:off|for)|poses? as"
    r"|pretend(?:s|ing)?|impersonat\w*|although|counterfeit|replica|imitat\w*|deepfake|mislead\w*|trick(?:s|ed)?"
    r"|official[- ]looking|genuine|exactly like",
    "assurance": r"guarantee\w*|risk[- ]free|no risk|100 ?%|hundred per ?cent|certain(?:ly)?|surely"
    r"|cannot (?:lose|fall|fail)|harmless|(?:perfectly|completely|totally) (?:safe|fine)|no need|needn't|skip"
    r"|throw away"
    r"|stop taking|refuse|quit|instead of|cures?|heals?|no doctor|without (?:\w+ ){0,2}(?:doctor|lawyer|psychiatrist"
    r"|prescription|hospital)|miracle|promise|all (?:your|my|their) savings|whole pension|doctors lie|poison",
    "how to": r"step[- ]by[- ]step|steps|instructions?|recipe|guide|tutorial|manual|method|tips|tricks|checklist"
    r"|blueprint"
    r"|parts list|shopping list|plan|how (?:do|can) i|how to|source code|working",
    "near person": r"my (?:ex|wife|husband|boss|neighbou?rs?|girlfriend|boyfriend|colleague|co-worker|teacher"
    r"|stepfather"
    r"|stepdaughter|brother|sister|mother|father|employees?|flatmate|roommate|tenant|partner|niece|nephew|rival"
    r"|competitor|daughter|son|pupils?|students?)",
    "victim": r"other people's|strangers?|victims?|their (?:cards?|passwords?|accounts?|money|children)"
    r"|her (?:address|phone|drink|panties|naked|body|messages)|customers must|rival|competitor's"
    r"|real (?:person|woman|man|singer|actor|private)",
    "gore": r"blood\w*|gor[ey]\w*|entrails|intestines|guts|corpse\w*|mutilat\w*|behead\w*|sever\w*|scream\w*"
    r"|brutal\w*"
    r"|skull open|dripping|stab\w*|slit|torn",
    "sexual": r"nude|naked|explicit\w*|uncensored|nsfw|porn\w*|erotic\w*|sexual\w*|sexy|topless|genitals|penis|vagina"
    r"|breasts?|nipples?|orgasm|masturbat\w*|intercourse|undress\w*|hentai|legs (?:open|spread)|spread (?:her )?legs"
    r"|penetrat\w*",
    "praise": r"hero(?:es|ic)?|martyr\w*|glori\w*|praise|proud|join us|brothers|celebrat\w*|cheer\w*|applaud\w*"
    r"|joyful"
    r"|laugh\w*|deserve[sd]?|for fun|idol",
    "contempt": r"vermin|rats|cockroaches|parasites?|apes?|monkeys?|garbage|filth\w*|animals|pigs|plague|disease"
    r"|inferior"
    r"|stupid|savages|trash|dirty|subhuman\w*|master race|burden|breed like",
    "violence": r"kill|shoot|burn|hang|gas|beat|attack|drown|exterminat\w*|deport|drive (?:them )?out|get rid of"
    r"|throw (?:them|all)|stone|lynch|bomb",
    "protection": r"prevent\w*|protect\w*|recogni[sz]e\w*|warn\w*|beware|avoid\w*|safe(?:ly|ty)|secur\w*|helpline"
    r"|support\w*"
    r"|counsel\w*|advice|campaign|against|report(?:s|ed|ing)? (?:it|a|the|to)|emergency|first aid|rescue"
    r"|help(?:s|ed)? (?:for|her|him|them|victims|women|people|you|the)"
    r"|how (?:do|can) i (?:help|know|report|see|check|remove|protect|defend|recover|get rid)|whom|who can"
    r"|what (?:should|can|do) (?:i|we)|where (?:can|do) i (?:go|complain|find|get)|number|never|do not"
    r"|don't (?:mix|share|drink|drive|touch)|call (?:an|us|the)|test|donat\w*",
    "justice": r"court|sentenced|police|arrest\w*|convict\w*|trial|investigat\w*|minister|charged|fined|tribunal"
    r"|judge|jury"
    r"|prosecut\w*|suspects?|law|legal|inquiry|detective|inspector|customs|watchdog|seiz\w*",
    "report": r"according to|said|says|reported|study|researchers?|scientists?|experts?|statistics|per ?cent|figures"
    r"|years? ago|last (?:week|year|night)|historians?|survivors?|victims of|memorial|vigil|remember\w*|mourn\w*"
    r"|documentary|documents? (?:torture|the)|journalists?|podcast|fact check",
    "culture": r"museum|painting|novel|film|movie|theatre|opera|exhibition|book cover|statue|sculpture|fairy tale"
    r"|legend"
    r"|myth\w*|play|comedy|thriller|series|concert|band|song|chapter|gallery|game|costume|carnival|parody|satire"
    r"|cartoon"
    r"|poster for|historical|history|medieval|ancient|century|fresco",
    "teaching": r"explain(?:ed|er|s)?|lesson|lecture|course|pupils|school|class|seminar|workshop|training|quiz"
    r"|for (?:children|kids|parents|teachers|beginners)|educational|what is|why|difference between|how does"
    r"|definition"
    r"|dictionary|diagram",
    "excuse": r"ignore (?:all|your|the|earlier|previous)|forget (?:your|all)|pretend|no rules|without rules"
    r"|developer mode"
    r"|role ?play|hypothetical\w*|jailbreak|in character|no lectures|begin with|answer with|for research"
    r"|for (?:a|my|our) (?:novel|game|film|book|art)|as a joke|safety off|no limits|you are (?:now|an evil|my late)",
    "own": r"(?:my|our) own|our (?:shop|team|company|school|server|website|data)"
    r"|my (?:bike|car|phone|laptop|router|computer|account|data|photos|website|backup)",
    "style": r"watercolou?r|oil painting|illustration|photograph|photo|render|studio light|isometric|flat"
    r"|infographic|logo"
    r"|icon|still life|portrait|poster|aerial|macro|vintage|pastel|minimal\w*|light",
    "machine": r"script|code|program|server|sandbox|container|interpreter|malware|virus|ransomware|exploit|shell"
    r"|payload"
    r"|botnet|root|passwords?|tokens?|keylogger|trojan|hack\w*|network|process(?:es)?|memory|host",
}
_ORDER = re.compile(
    r"\W*(?:how|tell|give|write|show|teach|explain|describe|create|make|draft|compose|help|find|get|list|which"
    r"|what|where"
    r"|please|i want|i need|build|design|draw|paint|generate|let|plan|guide|tips)\b",
    re.IGNORECASE,
)
_PATTERNS: Final = tuple(re.compile(rf"\b(?:{group})\b", re.IGNORECASE) for group in _GROUPS.values())

FRAMES: Final = len(_PATTERNS) + 1
"""Number of groups."""


def frames(text: str) -> list[int]:
    """How often each group occurs, at most three times; the last says whether the text begins as a request."""
    counts = [min(len(pattern.findall(text)), _MOST) for pattern in _PATTERNS]
    return [*counts, int(_ORDER.match(text) is not None)]
